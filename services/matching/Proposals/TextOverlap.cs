using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;

namespace Ecosystem.Matching.Proposals;

/// <summary>How far a candidate's words meet those of the item that is asked for.</summary>
/// <param name="Share">The part of the meeting that would be possible at best, 0 to 1.</param>
/// <param name="Reasons">The words that met, by field of the candidate.</param>
internal sealed record TextOverlap(double Share, IReadOnlyList<Search.MatchReason> Reasons)
{
    public static readonly TextOverlap None = new(0, []);

    private const int MostCandidates = 400;

    /// <summary>
    /// The overlap of the candidates that share most words, and those that share a theme or modality only, at most so many of each kind; who
    /// shares both theme and modality goes first.
    /// </summary>
    public static IReadOnlyDictionary<string, TextOverlap> Find(
        SearchIndex candidates, string words, IReadOnlyCollection<string> themes, IReadOnlyCollection<string> modalities)
    {
        var query = new SearchQuery { PageSize = MostCandidates, SnippetLength = 0, TolerateTypos = false, Operators = false, Nearness = 0 };
        var found = new Dictionary<string, TextOverlap>(StringComparer.Ordinal);
        SearchResult byWords = candidates.Search(query with { Text = words, Explain = true });
        if (byWords.AttainableScore > 0)
        {
            foreach (SearchHit hit in byWords.Hits) found.Add(hit.Id, new TextOverlap(hit.Score / byWords.AttainableScore, hit.Reasons));
        }
        SearchFilter theme = SearchFilter.AnyOf("theme", themes);
        SearchFilter modality = SearchFilter.AnyOf("modality", modalities);
        foreach (SearchFilter[] shared in (SearchFilter[][])[[theme, modality], [theme], [modality]])
        {
            foreach (SearchHit hit in candidates.Search(query with { Filters = shared }).Hits) found.TryAdd(hit.Id, None);
        }
        return found;
    }

    public static string WordsOf(DataAsset asset) =>
        string.Join('\n', [.. Texts(asset.Title), .. asset.Keywords.Select(keyword => keyword.Text), .. Texts(asset.Description)]);

    public static string WordsOf(Competence competence) =>
        string.Join('\n', [.. Texts(competence.Title), .. competence.Methods, .. Texts(competence.Description)]);

    private static IEnumerable<string> Texts(LocalizedText? text) =>
        (text?.Values ?? []).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Value);
}
