using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;

namespace Ecosystem.Bench.Matching;

/// <summary>What an item asks for, term by term, and all competences that have any of it: what a peer has to find as well.</summary>
internal sealed record SameCandidates(IReadOnlyList<string> Terms, IReadOnlySet<string> Ids)
{
    public static SameCandidates Of(Item asked, ProfileIndex profiles, ProposalEngine engine)
    {
        using ItemIndex.Reading competences = profiles.Of(ItemKind.Competence).Read();
        TextQuery query = TextQuery.Of(Words.AskedBy(asked), competences, engine.NearWords.Between(asked.Kind, ItemKind.Competence));
        List<Candidate> all = CandidateScores.Best(competences, asked, query, engine.Ranking.Weights.For(asked, ItemKind.Competence), competences.Count);
        return new SameCandidates(
            [.. query.Words.SelectMany(word => word.Terms.Select(term => term.Term)).Concat(TaxonomyOf(asked)).Distinct(StringComparer.Ordinal)],
            all.Select(candidate => candidate.Item.Id).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Themes and kinds of data as terms that no word can be.</summary>
    public static IEnumerable<string> TaxonomyOf(Item item) =>
        item.Themes.Select(theme => $"theme {theme}").Concat(item.Modalities.Select(modality => $"modality {modality}"));
}
