using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Odrl;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>Somebody asks to use a data asset for a question. What the terms can never allow does not reach the reviewers.</summary>
internal sealed class RequestAgreement(LedgerLog ledger, PolicyText policies, InformationSources sources, IIdSource ids, TimeProvider time)
{
    public Task<AgreementDocument> HandleAsync(RequestAgreementRequest request, Caller caller, CancellationToken ct)
    {
        RequestRules.Check(request, time.GetUtcNow());
        caller.OrganisationOrRefuse();
        return ledger.ChangeAsync(transaction => RequestAsync(request, caller, "", transaction, ct), ct);
    }

    /// <param name="renews">The agreement that is renewed, if any.</param>
    public async Task<AgreementDocument> RequestAsync(RequestAgreementRequest request, Caller caller, string renews, LedgerTransaction transaction, CancellationToken ct)
    {
        var offer = await transaction.Session.LoadAsync<OfferDocument>(request.DataAssetId, ct)
            ?? throw RichStatus.NotFound($"There is no data asset '{request.DataAssetId}', or the catalogue has not announced it yet.");
        if (offer.Terms is not { } terms)
            throw RichStatus.FailedPrecondition("NO_OFFER", "The data asset has no terms of use; its holder has to attach an offer first.");
        if (offer.HolderId == caller.Organisation)
            throw RichStatus.FailedPrecondition("OWN_DATA", "Your organisation holds these data; it needs no agreement with itself.");
        var policy = ReadOffered(terms);
        DemandUsable(policy, await sources.AnsweredAsync(offer.HolderId, ct));
        var doubts = DemandCompatible(policy, request.Purpose);

        var now = time.GetUtcNow();
        var id = ids.Next();
        var document = new AgreementDocument
        {
            Id = id,
            RequesterSubject = caller.Subject,
            Agreement = new()
            {
                Id = id,
                DataAssetId = request.DataAssetId,
                OfferId = terms.OfferId,
                PolicySha256 = terms.PolicySha256,
                PolicyJson = terms.PolicyJson,
                Assigner = new() { Id = offer.HolderId, Name = offer.HolderName.Length > 0 ? offer.HolderName : offer.HolderId },
                Assignee = new() { Id = caller.Organisation, Name = caller.Organisation },
                Question = request.Question.Trim(),
                Purpose = request.Purpose,
                LegalBasis = request.LegalBasis.Trim(),
                Period = request.Period.Clone(),
                CreateTime = now.ToTimestamp(),
                Permit = request.Permit?.Clone(),
                RenewsAgreementId = renews,
            },
        };
        document.Agreement.Begin(request.ReviewStages);
        document.MoveTo(State.Requested, caller.Organisation, caller.Subject, doubts, now, transaction);
        return document;
    }

    // The catalogue reads terms before it passes them on; whoever else publishes such events may not.
    private OdrlPolicy ReadOffered(OfferedTerms terms)
    {
        try
        {
            return policies.Read(terms.PolicyJson);
        }
        catch (OdrlFormatException unreadable)
        {
            var place = unreadable.Line is { } line ? $"line {line}" : unreadable.Path;
            throw RichStatus.FailedPrecondition("TERMS_UNREADABLE", $"The terms of the data asset cannot be read; its holder has to mend them. {place}: {unreadable.Problem.English}");
        }
    }

    // Nobody shall negotiate for months about terms under which every single use is then refused.
    public static void DemandUsable(OdrlPolicy policy, IReadOnlySet<string> answeredBySources)
    {
        var findings = PolicyCheck.Of(policy, ConnectorTerms.DecidableWith(answeredBySources));
        if (findings.Count == policy.Permissions.Count)
            throw RichStatus.FailedPrecondition("TERMS_UNUSABLE", "Nobody can ever use data under these terms; the holder has to mend them. " + string.Join(' ', findings.Select(finding => finding.Sentence.English).Distinct(StringComparer.Ordinal)));
    }

    /// <summary>What cannot be decided about the purpose, for the reviewers to see; empty when there is no doubt.</summary>
    public static string DemandCompatible(OdrlPolicy policy, string purpose)
    {
        if (Purposes.Find(purpose) is { HealthDataUse: HealthDataUse.Prohibited } prohibited)
            throw Conflict($"Article 54 of the European Health Data Space prohibits this purpose: {prohibited.Concept.Label.English}.");

        // The request names no action; it fails only if no action that the terms permit goes with the purpose.
        var actions = policy.Permissions.SelectMany(permission => permission.Actions).Select(action => action.Iri).Append(OdrlTerms.Use).Distinct(StringComparer.Ordinal);
        var comparisons = actions.Select(action => PolicyComparison.Allows(policy, purpose, action)).ToList();
        if (comparisons.TrueForAll(comparison => comparison.Verdict is Verdict.Conflict))
            throw Conflict(string.Join(' ', comparisons[0].Reasons.Select(reason => reason.English)));
        if (comparisons.Exists(comparison => comparison.Verdict is Verdict.Compatible))
            return "";
        var doubts = comparisons.Find(comparison => comparison.Verdict is Verdict.Unknown)!.Reasons;
        return string.Join(' ', doubts.Select(reason => reason.German)) + "\n" + string.Join(' ', doubts.Select(reason => reason.English));
    }

    private static global::Grpc.Core.RpcException Conflict(string sentence) => RichStatus.FailedPrecondition("POLICY_CONFLICT", sentence);
}
