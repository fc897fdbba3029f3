using Ecosystem.Catalog.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;

namespace Ecosystem.Matching.Proposals;

/// <summary>A partner that was found, and what the proposal rests on.</summary>
internal sealed record FoundPartner(Proposal Proposal, Item Partner, PairSignals Signals, double Fit);

/// <summary>
/// Finds partners: scores from the inverted index, hard constraints, and what the terms say of the purpose. The order is the same for the same
/// profiles: by score, then by id; no organisation fills a list; what the terms forbid stands last.
/// </summary>
internal sealed class ProposalEngine(ProfileIndex profiles, PolicyVerdicts policies, ParticipantBook participants, TimeProvider time)
{
    /// <summary>Looked at first; more when constraints, diversity or terms leave too few of them.</summary>
    private const int FirstLook = 100;

    /// <summary>The part of a list that one organisation may take while others wait.</summary>
    private const double LargestShare = 0.3;

    private volatile Ranking _ranking = Ranking.Untuned;

    /// <summary>How much each signal counts at present.</summary>
    public Ranking Ranking
    {
        get => _ranking;
        set => _ranking = value;
    }

    /// <summary>How much words count that are near to those asked for.</summary>
    public NearWords NearWords { get; init; } = NearWords.Tuned;

    /// <summary>Proposes partners of one kind for an item, which need not be registered itself.</summary>
    /// <param name="asked">The item.</param>
    /// <param name="wanted">The kind of partner.</param>
    /// <param name="purpose">What data would be used for; null leaves it to what the needing or competent side states.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<Proposal> Propose(Item asked, ItemKind wanted, string? purpose, int most) =>
        [.. Find(asked, wanted, purpose, most).Select(found => found.Proposal)];

    /// <summary>As <see cref="Propose"/>, with what the proposals rest on.</summary>
    public IReadOnlyList<FoundPartner> Find(Item asked, ItemKind wanted, string? purpose, int most)
    {
        ItemIndex index = profiles.Of(wanted);
        IReadOnlyList<AskedWord> words = Words.AskedBy(asked);
        Ranking ranking = Ranking;
        SignalWeights weights = ranking.Weights.For(asked, wanted);
        for (int look = FirstLook; ; look *= 4)
        {
            List<Candidate> best;
            TextQuery query;
            using (ItemIndex.Reading items = index.Read())
            {
                query = TextQuery.Of(words, items, NearWords.Between(asked.Kind, wanted));
                best = CandidateScores.Best(items, asked, query, weights, look);
            }
            if (ranking.Acceptance.Weight > 0) best = Blend(best, ranking.Acceptance);
            List<(Candidate Candidate, PolicyVerdict? Policy)> chosen = Choose(asked, best, purpose, most, out bool enough);
            if (enough || best.Count < look)
            {
                return [.. chosen.Select(one => Dress(asked, one.Candidate, query.MeetingsIn(index.WordsOf(one.Candidate.Item)), query, ranking with { Weights = weights }, one.Policy))];
            }
        }
    }

    private List<(Candidate Candidate, PolicyVerdict? Policy)> Choose(Item asked, List<Candidate> best, string? purpose, int most, out bool enough)
    {
        DateTimeOffset now = time.GetUtcNow();
        int mostOfOne = Math.Max(1, (int)Math.Ceiling(most * LargestShare));
        var first = new List<(Candidate, PolicyVerdict?)>(most);
        var waiting = new List<(Candidate, PolicyVerdict?)>();
        var forbidden = new List<(Candidate, PolicyVerdict?)>();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Candidate candidate in best)
        {
            if (first.Count == most) break;
            if (!HardConstraints.Allow(asked, candidate.Item, now) || !participants.IsAvailable(candidate.Item.Organisation.Id)) continue;
            PolicyVerdict? policy = VerdictOf(asked, candidate.Item, purpose);
            if (policy is { Kind: Kind.Conflict })
            {
                forbidden.Add((candidate, policy));
                continue;
            }
            int ofOne = taken[candidate.Item.Organisation.Id] = taken.GetValueOrDefault(candidate.Item.Organisation.Id) + 1;
            (ofOne <= mostOfOne ? first : waiting).Add((candidate, policy));
        }
        enough = first.Count == most;
        return [.. first.Concat(waiting).Concat(forbidden).Take(most)];
    }

    /// <summary>What the terms of the data in a pair say; null where no data are involved.</summary>
    public PolicyVerdict? VerdictOf(Item asked, Item candidate, string? purpose)
    {
        (DataAsset? asset, Item other) = asked.Asset is { } own ? (own, candidate) : (candidate.Asset, asked);
        return asset is null ? null : policies.Of(asset, purpose is null ? other.Purposes : [purpose], all: other.Kind is ItemKind.Need or ItemKind.Question);
    }

    /// <summary>What was said of partners orders those that fit; it finds nobody who does not.</summary>
    private static List<Candidate> Blend(List<Candidate> best, Acceptance acceptance) =>
    [
        .. best.Select(candidate => candidate with { Score = acceptance.Blend(candidate.Score, candidate.Item.Organisation.Id) })
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Item.Id, StringComparer.Ordinal),
    ];

    private static FoundPartner Dress(Item asked, Candidate candidate, IReadOnlyList<WordMeeting> met, TextQuery query, Ranking ranking, PolicyVerdict? policy)
    {
        SignalWeights weights = ranking.Weights;
        var proposal = new Proposal
        {
            Score = candidate.Score,
            Reasons = { Reasons.Of(asked, candidate, met, weights, ranking.Acceptance) },
            Improvements = { Improvements.Of(asked, candidate.Item, query, met, weights, policy) },
            Policy = policy?.Clone(),
        };
        foreach (Improvement improvement in proposal.Improvements) improvement.Gain *= 1 - ranking.Acceptance.Weight;
        Calibrate(proposal, ranking.Calibration);
        Name(proposal, asked);
        Name(proposal, candidate.Item);
        return new FoundPartner(proposal, candidate.Item, SignalsOf(asked, candidate, weights), candidate.Score);
    }

    /// <summary>The score becomes a share of what turns out right; its parts keep their proportions.</summary>
    private static void Calibrate(Proposal proposal, Calibration calibration)
    {
        double fit = proposal.Score;
        proposal.Score = calibration.Of(fit);
        foreach (MatchReason reason in proposal.Reasons) reason.Weight *= proposal.Score / fit;
        foreach (Improvement improvement in proposal.Improvements.Where(one => one.Gain > 0))
        {
            improvement.Gain = calibration.Of(Math.Min(1, fit + improvement.Gain)) - proposal.Score;
        }
    }

    private static PairSignals SignalsOf(Item asked, Candidate candidate, SignalWeights weights) => new(
        candidate.Text,
        weights.Themes <= 0 ? null : (double)asked.Themes.Intersect(candidate.Item.Themes, StringComparer.Ordinal).Count() / asked.Themes.Count,
        weights.Modalities <= 0 ? null : (double)asked.Modalities.Intersect(candidate.Item.Modalities, StringComparer.Ordinal).Count() / asked.Modalities.Count,
        asked.Areas.Count == 0 ? null : AreaKeys.Served(asked.Areas, candidate.Item.Areas));

    private static void Name(Proposal proposal, Item item)
    {
        switch (item.Kind)
        {
            case ItemKind.DataAsset:
                (proposal.DataAssetId, proposal.DataAssetTitle, proposal.Holder) = (item.Id, item.Title, item.Organisation);
                break;
            case ItemKind.Competence:
                (proposal.CompetenceId, proposal.CompetenceTitle, proposal.Provider) = (item.Id, item.Title, item.Organisation);
                break;
            case ItemKind.Need:
                (proposal.NeedId, proposal.NeedTitle, proposal.NeedingOrganisation) = (item.Id, item.Title, item.Organisation);
                break;
            case ItemKind.Question:
                (proposal.QuestionId, proposal.QuestionTitle, proposal.AskingOrganisation) = (item.Id, item.Title, item.Organisation);
                break;
            default:
                (proposal.SolutionId, proposal.SolutionTitle, proposal.Provider) = (item.Id, item.Title, item.Organisation);
                break;
        }
    }
}
