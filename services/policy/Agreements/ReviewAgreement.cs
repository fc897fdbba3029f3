using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;
using Verdict = Ecosystem.Policy.V1.ReviewAgreementRequest.Types.Verdict;

namespace Ecosystem.Policy.Agreements;

/// <summary>The legal review. Nobody reviews a request of the own organisation, or for the own data.</summary>
internal sealed class ReviewAgreement(LedgerLog ledger, OpenAgreements agreements, TimeProvider time)
{
    public Task<AgreementDocument> HandleAsync(ReviewAgreementRequest request, Caller caller, CancellationToken ct)
    {
        if (request.Verdict is Verdict.Unspecified)
            throw RichStatus.InvalidArgument("The review needs a verdict.", ("verdict", "VERDICT_APPROVED or VERDICT_REFUSED."));
        if (request.Verdict is Verdict.Refused && string.IsNullOrWhiteSpace(request.Comment))
            throw RichStatus.InvalidArgument("A refusal needs its reason.", ("comment", "Say why the use is not lawful as requested."));
        return ledger.ChangeAsync(
            async transaction =>
            {
                var document = await agreements.LoadAsync(request.Id, caller, transaction, ct);
                Demand(document, caller);
                document.Agreement.Demand(State.Requested);
                document.Agreement.DemandAssigned(caller, time.GetUtcNow());
                var approved = request.Verdict is Verdict.Approved;
                if (approved)
                    await OpenAgreements.DemandUnchangedOfferAsync(document, transaction, ct);
                document.ReviewerSubject = caller.Subject;
                document.MoveTo(approved ? State.Reviewed : State.Refused, caller.Organisation, caller.Subject, request.Comment.Trim(), time.GetUtcNow(), transaction);
                return document;
            },
            ct);
    }

    public static void Demand(AgreementDocument document, Caller caller)
    {
        if (caller.Organisation == document.Agreement.Assignee.Id || caller.Subject == document.RequesterSubject)
            throw AgreementState.SelfApproval("Your organisation made this request; another one has to review it.");
        if (caller.Organisation == document.Agreement.Assigner.Id)
            throw AgreementState.SelfApproval("Your organisation holds these data; another one has to review the request.");
    }
}
