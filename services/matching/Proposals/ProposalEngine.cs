using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>
/// Finds partners: candidates from the inverted index, hard constraints, the score of each pair, and what its policy says of the purpose.
/// The order is the same for the same profiles: by score, then by id; what the policy forbids stands last.
/// </summary>
internal sealed class ProposalEngine(ProfileIndex profiles)
{
    public IReadOnlyList<Proposal> Competences(DataAssetProfile asset, string purpose, int most)
    {
        var candidates = TextOverlap.Find(
            profiles.CompetenceWords, TextOverlap.WordsOf(asset.Asset), asset.Asset.Themes, [.. asset.Asset.Modalities.Select(Terms.Fold)]);
        return Rank(candidates.Select(candidate => profiles.Competence(candidate.Key) is { } competence
            ? Propose(asset, competence, candidate.Value, Asked.DataAsset, purpose)
            : null), proposal => proposal.CompetenceId, most);
    }

    public IReadOnlyList<Proposal> DataAssets(CompetenceProfile competence, string purpose, int most)
    {
        var candidates = TextOverlap.Find(
            profiles.AssetWords, TextOverlap.WordsOf(competence.Competence), competence.Competence.Themes,
            [.. competence.Competence.Modalities.Select(Terms.Fold)]);
        return Rank(candidates.Select(candidate => profiles.Asset(candidate.Key) is { } asset
            ? Propose(asset, competence, candidate.Value, Asked.Competence, purpose)
            : null), proposal => proposal.DataAssetId, most);
    }

    private static Proposal? Propose(DataAssetProfile asset, CompetenceProfile competence, TextOverlap text, Asked asked, string purpose)
    {
        if (!HardConstraints.Allow(asset.Asset, competence.Competence)) return null;
        var score = new PairScore(asset.Asset, competence.Competence, text, asked);
        if (!score.IsSubstantial) return null;
        return new Proposal
        {
            DataAssetId = asset.Id,
            DataAssetTitle = asset.Asset.Title,
            Holder = asset.Asset.Holder,
            CompetenceId = competence.Id,
            CompetenceTitle = competence.Competence.Title,
            Provider = competence.Competence.Provider,
            Score = score.Score,
            Reasons = { score.Reasons },
            Policy = PolicyCheck.Compare(asset.Asset, purpose),
        };
    }

    private static IReadOnlyList<Proposal> Rank(IEnumerable<Proposal?> proposals, Func<Proposal, string> candidateId, int most) =>
    [
        .. proposals.OfType<Proposal>()
            .OrderBy(proposal => proposal.Policy.Kind == PolicyVerdict.Types.Kind.Conflict)
            .ThenByDescending(proposal => proposal.Score)
            .ThenBy(candidateId, StringComparer.Ordinal)
            .Take(most),
    ];
}
