using Ecosystem.Policy.Information;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Grpc.Core;

namespace Ecosystem.Policy.Consents;

/// <summary>Tells the policy service of another region which groups consented, as any source does.</summary>
internal sealed class ConsentLookUp(IDocumentStore store, TimeProvider time) : PolicyInformationService.PolicyInformationServiceBase
{
    public override async Task<LookUpResponse> LookUp(LookUpRequest request, ServerCallContext context)
    {
        if (!request.LeftOperands.Contains(KnownFact.Consent) || request.HolderId.Length == 0)
            return new();
        await using var session = store.OpenSession();
        var covered = await ConsentRegister.CoveredAsync(
            request.Wanted, request.HolderId, request.DataAssetId, request.UserId, request.Purpose, time.GetUtcNow(), session, context.CancellationToken);
        return new() { Known = { new KnownValues { LeftOperand = KnownFact.Consent, Values = { covered } } } };
    }
}
