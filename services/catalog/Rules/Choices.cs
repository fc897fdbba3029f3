using Ecosystem.Search;

namespace Ecosystem.Catalog.Rules;

/// <summary>Conditions of a search on the words that a resource carries; upper and lower case are the same.</summary>
internal static class Choices
{
    public static IEnumerable<SearchField> Fields(string field, IEnumerable<string> words) => words.Select(word => SearchField.Keyword(field, Folded(word)));

    /// <summary>One of the chosen words; no condition where nothing is chosen.</summary>
    public static IEnumerable<SearchFilter> AnyOf(string field, IEnumerable<string> chosen) =>
        chosen.Select(Folded).ToArray() is { Length: > 0 } words ? [SearchFilter.AnyOf(field, words)] : [];

    /// <summary>One of the chosen values of an enumeration.</summary>
    public static IEnumerable<SearchFilter> AnyOf<T>(string field, IEnumerable<T> chosen)
        where T : struct, Enum => AnyOf(field, chosen.Select(value => value.ToString()));

    private static string Folded(string word) => word.Trim().ToLowerInvariant();
}
