using System.Text.RegularExpressions;
using Ecosystem.Catalog.V1;
using Ecosystem.Search;

namespace Ecosystem.Catalog.SavedSearches.Matching;

/// <summary>
/// A saved search as it waits for assets: under the keys of one of its words (or of its themes), of which every asset that matches has at
/// least one. So a change is compared with the few searches that share a key with it, not with all.
/// </summary>
internal sealed partial class Watch
{
    /// <summary>The key of searches that have neither words nor themes.</summary>
    public const string Anything = "*";

    // The index finds compounds by words of four letters that follow at least three others.
    private const int ShortestPart = 4;
    private const int ShortestModifier = 3;

    private static readonly TextAnalyzer[] Readings = [TextAnalyzer.German, TextAnalyzer.English, TextAnalyzer.Danish, TextAnalyzer.Neutral];

    public Watch(SavedSearchDocument document)
    {
        (Id, Version, Criteria) = (document.Id, document.Version, document.Search.Search);
        Keys = WordKeys(Criteria.Query) is { Count: > 0 } words
            ? words
            : Criteria.Themes.Count > 0 ? [.. Criteria.Themes.Select(t => $"theme {t}").Distinct()] : [Anything];
    }

    public string Id { get; }

    public long Version { get; }

    public SearchDataAssetsRequest Criteria { get; }

    public IReadOnlyCollection<string> Keys { get; }

    /// <summary>All keys under which a search that finds the asset may wait.</summary>
    public static HashSet<string> KeysOf(IEnumerable<string> texts, IEnumerable<string> themes)
    {
        HashSet<string> keys = [Anything, .. themes.Select(t => $"theme {t}")];
        foreach (string term in texts.SelectMany(text => Readings.SelectMany(analyzer => analyzer.Analyze(text))).Select(token => token.Term).Distinct())
        {
            keys.Add($"word {term}");
            for (int start = ShortestModifier; term.Length - start >= ShortestPart; start++)
            {
                keys.Add($"word {term[start..]}");
            }
        }

        return keys;
    }

    /// <summary>The longest word that is not excluded and that no language takes for a stop word: likely the rarest.</summary>
    private static HashSet<string> WordKeys(string query)
    {
        string wanted = Excluded().Replace(query, " ");
        (int Length, HashSet<string> Terms) best = Readings
            .SelectMany(analyzer => analyzer.Analyze(wanted))
            .GroupBy(token => (token.Start, token.Length))
            .Where(readings => readings.Count() == Readings.Length)
            .Select(readings => (readings.Key.Length, readings.Select(r => $"word {r.Term}").ToHashSet(StringComparer.Ordinal)))
            .DefaultIfEmpty((0, []))
            .MaxBy(word => word.Item1);
        return best.Terms;
    }

    [GeneratedRegex("(^|(?<=\\s))-(\"[^\"]*\"|\\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Excluded();
}
