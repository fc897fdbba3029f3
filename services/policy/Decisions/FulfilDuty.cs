using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Policy.Decisions;

/// <summary>Whoever used data says that a duty of the use was fulfilled. The ledger keeps it beside the decision, for holders and auditors.</summary>
internal sealed class FulfilDuty(LedgerLog ledger, TimeProvider time)
{
    private const int LongestEvidence = 500;

    public Task<DutyFulfilment> HandleAsync(FulfilDutyRequest request, Caller caller, CancellationToken ct)
    {
        if (request.Evidence.Trim().Length is 0 or > LongestEvidence)
            throw RichStatus.InvalidArgument("The fulfilment needs its evidence.", ("evidence", $"What shows it, for example the number of a deletion log; at most {LongestEvidence} characters."));
        return ledger.ChangeAsync(transaction => FulfilAsync(request, Question.ActionIri(request.Action), caller, transaction, ct), ct);
    }

    private async Task<DutyFulfilment> FulfilAsync(FulfilDutyRequest request, string action, Caller caller, LedgerTransaction transaction, CancellationToken ct)
    {
        var entry = request.DecisionId.Length == 0 ? null : await LedgerReader.FindDecisionAsync(request.DecisionId, transaction.Session, ct);
        if (entry is null || caller.Organisation.Length == 0 || entry.Record.UserId != caller.Organisation)
            throw RichStatus.NotFound($"There is no decision '{request.DecisionId}' on a use by your organisation.");
        if (!entry.Record.Duties.Contains(action))
            throw RichStatus.FailedPrecondition("NO_SUCH_DUTY", $"The decision imposed no duty '{action}'; it imposed: {string.Join(", ", entry.Record.Duties.DefaultIfEmpty("none"))}.");
        var now = time.GetUtcNow().ToTimestamp();
        var fulfilled = new LedgerRecord
        {
            Kind = "DUTY_FULFILLED",
            Time = now,
            DataAssetId = entry.Record.DataAssetId,
            AgreementId = entry.Record.AgreementId,
            HolderId = entry.Record.HolderId,
            UserId = entry.Record.UserId,
            DecisionId = entry.Record.DecisionId,
            Action = action,
            Purpose = entry.Record.Purpose,
            PolicySha256 = entry.Record.PolicySha256,
            Subject = caller.Subject,
            Evidence = request.Evidence.Trim(),
        };
        return new() { LedgerIndex = transaction.Append(fulfilled), Time = now };
    }
}
