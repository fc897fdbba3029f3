using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Policy.Consents;

/// <summary>The door to consents.</summary>
internal sealed class ConsentCalls(ConsentRegister consents) : ConsentService.ConsentServiceBase
{
    public override Task<Consent> RecordConsent(RecordConsentRequest request, ServerCallContext context) =>
        consents.RecordAsync(request.Consent, context.GetCaller(), context.CancellationToken);

    public override Task<Consent> WithdrawConsent(WithdrawConsentRequest request, ServerCallContext context) =>
        consents.WithdrawAsync(request.Id, request.Reason, context.GetCaller(), context.CancellationToken);

    public override Task<Consent> GetConsent(GetConsentRequest request, ServerCallContext context) =>
        consents.FindAsync(request.Id, context.GetCaller(), context.CancellationToken);

    public override Task<ListConsentsResponse> ListConsents(ListConsentsRequest request, ServerCallContext context) =>
        consents.ListAsync(request, context.GetCaller(), context.CancellationToken);
}
