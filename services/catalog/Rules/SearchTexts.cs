using Ecosystem.Common.V1;
using Ecosystem.Search;

namespace Ecosystem.Catalog.Rules;

/// <summary>How texts of the contract enter the index and leave it as snippets.</summary>
internal static class SearchTexts
{
    // Mathematical brackets: no text of people uses them, and no markup has to be escaped.
    private const char Open = '\u27E6';
    private const char Close = '\u27E7';

    public const int MaxQueryLength = 1_000;

    public static IEnumerable<SearchField> Fields(string name, LocalizedText? text) =>
        (text?.Values ?? []).Select(v => SearchField.Text(name, PlainText.Of(v.Value), v.Key.Length == 0 ? null : v.Key));

    public static string Snippet(SearchHit hit)
    {
        Snippet? best = hit.Snippets.OrderByDescending(s => s.Field == "description").FirstOrDefault();
        return best is null ? string.Empty : string.Concat(best.Parts.Select(p => p.IsMatch ? $"{Open}{p.Text}{Close}" : p.Text));
    }

    public static void CheckQuery(string query, Violations violations)
    {
        violations.Unless(!string.IsNullOrWhiteSpace(query), "query", "Say what to look for; to see everything, use the list.");
        violations.Unless(query.Length <= MaxQueryLength, "query", $"At most {MaxQueryLength} characters are allowed, there are {query.Length}.");
    }
}
