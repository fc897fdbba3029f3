using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>The holder's answer: the agreement is concluded for exactly the terms that were requested and reviewed, or refused.</summary>
internal sealed class AnswerAgreement(LedgerLog ledger, OpenAgreements agreements, PolicyText policies, AgreementSeal seal, TimeProvider time)
{
    public Task<AgreementDocument> ConfirmAsync(ConfirmAgreementRequest request, Caller caller, CancellationToken ct) => ledger.ChangeAsync(
        async transaction =>
        {
            var document = await agreements.LoadAsHolderAsync(request.Id, caller, transaction, ct);
            if (caller.Subject == document.RequesterSubject || document.ReviewerSubjects.Contains(caller.Subject))
                throw AgreementState.SelfApproval("You requested or reviewed this use yourself; somebody else has to confirm it.");
            document.Agreement.Demand(State.Reviewed);
            document.Agreement.DemandAssigned(caller, time.GetUtcNow());
            await OpenAgreements.DemandUnchangedOfferAsync(document, transaction, ct);
            var agreement = document.Agreement;
            agreement.Jws = seal.Sign(agreement, time.GetUtcNow());
            document.TermsEnd = PolicyLimits.EndOf(policies.Read(agreement.PolicyJson), agreement.Period.Start.ToDateTimeOffset(), agreement.Period.End.ToDateTimeOffset());
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
                var document = await agreements.LoadAsHolderAsync(request.Id, caller, transaction, ct);
                document.Agreement.Demand(State.Requested, State.Reviewed);
                document.MoveTo(State.Refused, caller.Organisation, caller.Subject, request.Reason.Trim(), time.GetUtcNow(), transaction);
                return document;
            },
            ct);
    }
}
