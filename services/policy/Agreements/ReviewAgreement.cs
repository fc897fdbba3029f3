using Ecosystem.Grpc;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Review = Ecosystem.Policy.V1.Agreement.Types.Review;
using ReviewVerdict = Ecosystem.Policy.V1.Agreement.Types.ReviewVerdict;
using Stage = Ecosystem.Policy.V1.Agreement.Types.ReviewStage;
using State = Ecosystem.Policy.V1.Agreement.Types.State;
using Verdict = Ecosystem.Policy.V1.ReviewAgreementRequest.Types.Verdict;

namespace Ecosystem.Policy.Agreements;

/// <summary>The legal review, stage by stage. Nobody reviews a request of the own organisation, or for the own data, or two stages.</summary>
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
                Record(document, request, caller, approved, transaction);
                return document;
            },
            ct);
    }

    private void Record(AgreementDocument document, ReviewAgreementRequest request, Caller caller, bool approved, LedgerTransaction transaction)
    {
        var (agreement, now, comment) = (document.Agreement, time.GetUtcNow(), request.Comment.Trim());
        var review = OpenStage(document, request.Stage, caller);
        review.Verdict = approved ? ReviewVerdict.Approved : ReviewVerdict.Refused;
        (review.Comment, review.OrganisationId, review.Time) = (comment, caller.Organisation, now.ToTimestamp());
        document.ReviewerSubjects.Add(caller.Subject);
        if (approved)
            agreement.AlsoNeeds(request.AlsoNeeds);
        if (approved && review.Stage is Stage.Ethics && agreement.Permit is { EthicsAssessment: "" } permit)
            permit.EthicsAssessment = comment;
        var next = !approved ? State.Refused : agreement.OpenReview() is null ? State.Reviewed : State.Requested;
        document.MoveTo(next, caller.Organisation, caller.Subject, comment, now, transaction, approved ? "AGREEMENT_REVIEWED" : null, review.Stage);
    }

    private static Review OpenStage(AgreementDocument document, Stage meant, Caller caller)
    {
        var open = document.Agreement.OpenReview()!;
        if (meant is not Stage.Unspecified && meant != open.Stage)
        {
            throw RichStatus.FailedPrecondition(
                "OTHER_STAGE", $"The {AgreementReview.Name(meant).English} is not what is open; the {AgreementReview.Name(open.Stage).English} is.");
        }

        return document.ReviewerSubjects.Contains(caller.Subject)
            ? throw AgreementState.SelfApproval("You reviewed another stage of this request; somebody else has to review this one.")
            : open;
    }

    public static void Demand(AgreementDocument document, Caller caller)
    {
        if (caller.Organisation == document.Agreement.Assignee.Id || caller.Subject == document.RequesterSubject)
            throw AgreementState.SelfApproval("Your organisation made this request; another one has to review it.");
        if (caller.Organisation == document.Agreement.Assigner.Id)
            throw AgreementState.SelfApproval("Your organisation holds these data; another one has to review the request.");
    }
}
