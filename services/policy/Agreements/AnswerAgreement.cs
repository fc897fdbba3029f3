using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>The holder's answer: the agreement is concluded for exactly the terms that were requested and reviewed, or refused.</summary>
internal sealed class AnswerAgreement(LedgerLog ledger, OpenAgreements agreements, TimeProvider time)
{
    public Task<AgreementDocument> ConfirmAsync(ConfirmAgreementRequest request, Caller caller, CancellationToken ct) => ledger.ChangeAsync(
        async transaction =>
        {
            var document = await LoadAsHolderAsync(request.Id, caller, transaction, ct);
            if (caller.Subject == document.RequesterSubject || caller.Subject == document.ReviewerSubject)
                throw AgreementState.SelfApproval("You requested or reviewed this use yourself; somebody else has to confirm it.");
            document.Agreement.Demand(State.Reviewed);
            await OpenAgreements.DemandUnchangedOfferAsync(document, transaction, ct);
            document.MoveTo(State.Agreed, caller.Organisation, caller.Subject, request.Comment.Trim(), time.GetUtcNow(), transaction);
            return document;
        },
        ct);

    public Task<AgreementDocument> RefuseAsync(RefuseAgreementRequest request, Caller caller, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
            throw RichStatus.InvalidArgument("A refusal needs its reason.", ("reason", "Say why the use is refused."));
        return ledger.ChangeAsync(
            async transaction =>
            {
                var document = await LoadAsHolderAsync(request.Id, caller, transaction, ct);
                document.Agreement.Demand(State.Requested, State.Reviewed);
                document.MoveTo(State.Refused, caller.Organisation, caller.Subject, request.Reason.Trim(), time.GetUtcNow(), transaction);
                return document;
            },
            ct);
    }

    private async Task<AgreementDocument> LoadAsHolderAsync(string id, Caller caller, LedgerTransaction transaction, CancellationToken ct)
    {
        var document = await agreements.LoadAsync(id, caller, transaction, ct);
        return document.Agreement.Assigner.Id == caller.Organisation
            ? document
            : throw RichStatus.PermissionDenied("NOT_THE_HOLDER", "Only the organisation that holds the data can answer this request.");
    }
}
