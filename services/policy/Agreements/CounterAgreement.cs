using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>The holder proposes other terms or another period; when the requester accepts, the review begins again with what is then asked for.</summary>
internal sealed class CounterAgreement(LedgerLog ledger, OpenAgreements agreements, PolicyText policies, InformationSources sources, TimeProvider time)
{
    public async Task<AgreementDocument> ProposeAsync(CounterAgreementRequest request, Caller caller, CancellationToken ct)
    {
        var proposed = request.CounterOffer ?? new();
        Check(proposed, await sources.AnsweredAsync(caller.Organisation, ct));
        return await ledger.ChangeAsync(
            async transaction =>
            {
                var document = await agreements.LoadAsHolderAsync(request.Id, caller, transaction, ct);
                document.Agreement.Demand(State.Requested, State.Reviewed);
                if (proposed.PolicyJson.Length > 0)
                    RequestAgreement.DemandCompatible(policies.Read(proposed.PolicyJson), document.Agreement.Purpose);
                document.Agreement.CounterOffer = proposed.Clone();
                document.MoveTo(State.Countered, caller.Organisation, caller.Subject, proposed.Comment.Trim(), time.GetUtcNow(), transaction);
                return document;
            },
            ct);
    }

    public Task<AgreementDocument> AcceptAsync(AcceptCounterOfferRequest request, Caller caller, CancellationToken ct) => ledger.ChangeAsync(
        async transaction =>
        {
            var document = await agreements.LoadAsRequesterAsync(request.Id, caller, transaction, ct);
            var agreement = document.Agreement;
            agreement.Demand(State.Countered);
            agreement.DemandAssigned(caller, time.GetUtcNow());
            if (agreement.CounterOffer.PolicyJson is { Length: > 0 } terms)
            {
                agreement.PolicyJson = terms;
                agreement.PolicySha256 = PolicyText.Sha256(terms);
                document.HasOwnTerms = true;
            }

            agreement.Period = agreement.CounterOffer.Period ?? agreement.Period;
            agreement.CounterOffer = null;
            document.ReviewerSubjects.Clear();
            agreement.Begin([.. agreement.Reviews.Select(review => review.Stage)]);
            document.MoveTo(State.Requested, caller.Organisation, caller.Subject, request.Comment.Trim(), time.GetUtcNow(), transaction);
            return document;
        },
        ct);

    private void Check(Agreement.Types.CounterOffer proposed, IReadOnlySet<string> answeredBySources)
    {
        var violations = new List<(string Field, string Problem)>();
        if (proposed.PolicyJson.Length == 0 && proposed.Period is null)
            violations.Add(("counter_offer", "Propose other terms (policy_json), another period, or both."));
        if (string.IsNullOrWhiteSpace(proposed.Comment))
            violations.Add(("counter_offer.comment", "Say why the request is not confirmed as it is."));
        if (proposed.Period is { } period)
            RequestRules.Period(violations, period, time.GetUtcNow());
        if (proposed.PolicyJson.Length > 0)
            Read(violations, proposed.PolicyJson, answeredBySources);
        if (violations.Count > 0)
            throw RichStatus.InvalidArgument("The counter-offer is incomplete.", [.. violations]);
    }

    private void Read(List<(string Field, string Problem)> violations, string policyJson, IReadOnlySet<string> answeredBySources)
    {
        try
        {
            RequestAgreement.DemandUsable(policies.Read(policyJson), answeredBySources);
        }
        catch (OdrlFormatException unreadable)
        {
            violations.Add(("counter_offer.policy_json", $"{unreadable.Path}: {unreadable.Problem.English}"));
        }
    }
}
