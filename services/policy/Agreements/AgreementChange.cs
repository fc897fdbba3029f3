using Ecosystem.Policy.Events.V1;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>What every change of an agreement brings with it: a step that anybody concerned can read, a ledger entry and an event.</summary>
internal static class AgreementChange
{
    public static void MoveTo(this AgreementDocument document, State state, string organisation, string subject, string comment, DateTimeOffset now, LedgerTransaction transaction)
    {
        var agreement = document.Agreement;
        agreement.State = state;
        agreement.Awaits = AgreementState.Awaits(agreement);
        agreement.Steps.Add(new Agreement.Types.Step { State = state, OrganisationId = organisation, Comment = comment, Time = now.ToTimestamp() });
        document.Version++;
        transaction.Session.Store(document);
        transaction.Append(new LedgerRecord
        {
            Kind = KindOf(state),
            Time = now.ToTimestamp(),
            DataAssetId = agreement.DataAssetId,
            AgreementId = agreement.Id,
            HolderId = agreement.Assigner.Id,
            UserId = agreement.Assignee.Id,
            Purpose = agreement.Purpose,
            PolicySha256 = agreement.PolicySha256,
            Subject = subject,
        });
        transaction.Session.Publish(new AgreementChanged { Agreement = agreement.Clone(), Version = document.Version }, agreement.Id);
    }

    private static string KindOf(State state) => state switch
    {
        State.Requested => "AGREEMENT_REQUESTED",
        State.Reviewed => "AGREEMENT_REVIEWED",
        State.Agreed => "AGREEMENT_CONCLUDED",
        State.Expired => "AGREEMENT_EXPIRED",
        _ => "AGREEMENT_REFUSED",
    };
}
