using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Asks to go on after the period: a new request with the same question, under the terms that are offered now.</summary>
internal sealed class RenewAgreement(LedgerLog ledger, OpenAgreements agreements, RequestAgreement request, TimeProvider time)
{
    public Task<AgreementDocument> HandleAsync(RenewAgreementRequest call, Caller caller, CancellationToken ct)
    {
        if (call.Period?.End is null)
            throw RichStatus.InvalidArgument("The renewal needs its period.", ("period.end", "State until when the data are to be used."));
        return ledger.ChangeAsync(
            async transaction =>
            {
                var known = (await agreements.LoadAsRequesterAsync(call.Id, caller, transaction, ct)).Agreement;
                known.Demand(State.Agreed, State.Suspended, State.Expired);
                var renewal = new RequestAgreementRequest
                {
                    DataAssetId = known.DataAssetId,
                    Question = known.Question,
                    Purpose = known.Purpose,
                    LegalBasis = known.LegalBasis,
                    Permit = known.Permit?.Clone(),
                    ReviewStages = { known.Reviews.Select(review => review.Stage) },
                    Period = new() { Start = call.Period.Start ?? known.Period.End, End = call.Period.End },
                };
                RequestRules.Check(renewal, time.GetUtcNow());
                return await request.RequestAsync(renewal, caller, known.Id, transaction, ct);
            },
            ct);
    }
}
