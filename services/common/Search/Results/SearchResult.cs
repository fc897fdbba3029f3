using System.Net;
using System.Text;

namespace Ecosystem.Search;

/// <summary>What was found.</summary>
/// <param name="Hits">The documents of this page, best first.</param>
/// <param name="TotalHits">How many documents the query finds on all pages.</param>
/// <param name="Facets">For each requested facet its values with counts, most frequent first, then by value.</param>
/// <param name="NextPageToken">Where to go on; null on the last page.</param>
/// <param name="AttainableScore">
/// What a document would score that has all words of the query that occur anywhere, each without end: a limit no document reaches, the same
/// for all of them. A score divided by it says how much of what could be met was met.
/// </param>
/// <param name="Corrections">Words that occur nowhere, with the indexed terms that were searched in their place.</param>
public sealed record SearchResult(
    IReadOnlyList<SearchHit> Hits,
    long TotalHits,
    IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Facets,
    string? NextPageToken,
    double AttainableScore,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Corrections);

/// <summary>A document that was found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Score">Its BM25F score; comparable within one query only. 0 when the query has no words.</param>
/// <param name="Snippets">The passages that matched, in the order of the schema's fields.</param>
/// <param name="Reasons">Why it was found, strongest first; empty unless <see cref="SearchQuery.Explain"/>.</param>
public sealed record SearchHit(string Id, double Score, IReadOnlyList<Snippet> Snippets, IReadOnlyList<MatchReason> Reasons);

/// <summary>A value of a facet and how many documents found have it.</summary>
/// <param name="Value">The keyword value.</param>
/// <param name="Count">The number of documents.</param>
public sealed record FacetCount(string Value, long Count);

/// <summary>One contribution to a score.</summary>
/// <param name="Word">The word or phrase of the query.</param>
/// <param name="Field">The field it was found in.</param>
/// <param name="Weight">Its part of the score, in the unit of <see cref="SearchHit.Score"/>; all reasons of a hit add up to its score.</param>
public sealed record MatchReason(string Word, string Field, double Weight);

/// <summary>A passage of a field with the matching words marked.</summary>
/// <param name="Field">The field it is from.</param>
/// <param name="Parts">The passage in pieces, with "…" where text was left out.</param>
public sealed record Snippet(string Field, IReadOnlyList<SnippetPart> Parts)
{
    /// <summary>The passage as text without marks.</summary>
    public override string ToString() => string.Concat(Parts.Select(part => part.Text));

    /// <summary>The passage as safe HTML: the text is encoded, matches stand in mark elements.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder();
        foreach (SnippetPart part in Parts)
        {
            string text = WebUtility.HtmlEncode(part.Text);
            html.Append(part.IsMatch ? $"<mark>{text}</mark>" : text);
        }
        return html.ToString();
    }
}

/// <summary>A piece of a snippet.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsMatch">Whether it is a word that was looked for.</param>
public sealed record SnippetPart(string Text, bool IsMatch);
