using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>What a saved search must and must not say.</summary>
internal static class SavedSearchRules
{
    /// <summary>The fields that the owner decides on; all others are the catalogue's.</summary>
    public static readonly IReadOnlySet<string> Settable = new HashSet<string>(StringComparer.Ordinal)
    {
        "name", "search", "notify_by_event", "notify_by_feed", "paused", "seen_until",
    };

    public static void Check(SavedSearch saved, Violations violations)
    {
        violations.Unless(
            !string.IsNullOrWhiteSpace(saved.Name),
            "name",
            "Give the search a name, for example \"Diabetes in Bochum\".",
            "Geben Sie der Suche einen Namen, zum Beispiel „Diabetes in Bochum“.");
        violations.CheckLine("name", saved.Name, 200);
        SearchDataAssetsRequest search = saved.Search ?? new SearchDataAssetsRequest();
        violations.Unless(
            !string.IsNullOrWhiteSpace(search.Query) || DataAssetFields.FiltersOf(search).Any(),
            "search",
            "Say what to look for: words, or at least one condition. A search for everything would tell of everything.",
            "Sagen Sie, wonach gesucht wird: Wörter oder mindestens eine Bedingung. Eine Suche nach allem würde alles melden.");
        violations.CheckLine("search.query", search.Query, SearchTexts.MaxQueryLength);
        violations.Unless(
            search.PageSize == 0 && search.PageToken.Length == 0,
            "search.page_token",
            "A search that is kept has no pages: leave page_size and page_token out.",
            "Eine gespeicherte Suche hat keine Seiten: Lassen Sie page_size und page_token weg.");
        var conditions = new Violations();
        DataAssetFields.CheckFilters(search, conditions);
        foreach (Finding finding in conditions.Findings)
        {
            finding.Field = $"search.{finding.Field}";
            violations.Add(finding);
        }

        violations.CheckTime("seen_until", saved.SeenUntil);
    }
}
