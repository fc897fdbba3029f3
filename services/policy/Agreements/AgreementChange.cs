using Ecosystem.Policy.Events.V1;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Stage = Ecosystem.Policy.V1.Agreement.Types.ReviewStage;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>What every change of an agreement brings with it: a step that anybody concerned can read, a ledger entry and an event.</summary>
internal static class AgreementChange
{
    public static void MoveTo(this AgreementDocument document, State state, string organisation, string subject, string comment, DateTimeOffset now, LedgerTransaction transaction, string? kind = null, Stage stage = Stage.Unspecified)
    {
        var agreement = document.Agreement;
        agreement.State = state;
        agreement.Waits = AgreementWaiting.Of(document, now);
        agreement.Awaits = agreement.Waits?.Reason.Clone();
        agreement.Steps.Add(new Agreement.Types.Step { State = state, OrganisationId = organisation, Comment = comment, Time = now.ToTimestamp(), Stage = stage });
        document.Announce(kind ?? KindOf(state), subject, now, transaction, stage);
    }

    /// <summary>Saves a change that leaves the state as it is.</summary>
    public static void Announce(this AgreementDocument document, string kind, string subject, DateTimeOffset now, LedgerTransaction transaction, Stage stage = Stage.Unspecified)
    {
        var agreement = document.Agreement;
        document.Version++;
        transaction.Session.Store(document);
        transaction.Append(new LedgerRecord
        {
            Kind = kind,
            Time = now.ToTimestamp(),
            DataAssetId = agreement.DataAssetId,
            AgreementId = agreement.Id,
            HolderId = agreement.Assigner.Id,
            UserId = agreement.Assignee.Id,
            Purpose = agreement.Purpose,
            PolicySha256 = agreement.PolicySha256,
            Subject = subject,
            ReviewStage = stage,
        });
        transaction.Session.Publish(new AgreementChanged { Agreement = agreement.Clone(), Version = document.Version }, agreement.Id);
    }

    private static string KindOf(State state) => state switch
    {
        State.Requested => "AGREEMENT_REQUESTED",
        State.Reviewed => "AGREEMENT_REVIEWED",
        State.Agreed => "AGREEMENT_CONCLUDED",
        State.Expired => "AGREEMENT_EXPIRED",
        State.Countered => "AGREEMENT_COUNTERED",
        State.Suspended => "AGREEMENT_SUSPENDED",
        State.Revoked => "AGREEMENT_REVOKED",
        _ => "AGREEMENT_REFUSED",
    };
}
