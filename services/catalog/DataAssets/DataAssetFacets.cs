using System.Globalization;
using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Search;
using Google.Protobuf.Reflection;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>By what data assets are narrowed and counted, besides words, theme and area.</summary>
internal static class DataAssetFacets
{
    public const int MostValues = 100;

    /// <summary>A period without a beginning, or a slip of the pen, must not bring a thousand years.</summary>
    private const int MostYears = 150;

    private const int FirstYear = 1;
    private const int LastYear = 9999;

    private static readonly Dictionary<DataAssetFacet, string> FieldOf = new()
    {
        [DataAssetFacet.Theme] = "theme",
        [DataAssetFacet.HealthCategory] = "category",
        [DataAssetFacet.DataSpaceTheme] = "space_theme",
        [DataAssetFacet.ProtectionNeed] = "protection",
        [DataAssetFacet.AccessRights] = "access",
        [DataAssetFacet.State] = "state",
        [DataAssetFacet.Format] = "format",
        [DataAssetFacet.Holder] = "holder",
        [DataAssetFacet.Area] = "place",
        [DataAssetFacet.Year] = "year",
    };

    public static IEnumerable<SearchField> Of(DataAsset asset)
    {
        (int From, int Until)? years = YearsOf(asset);
        return
        [
            .. asset.HealthCategories.Select(c => SearchField.Keyword("category", c)),
            .. asset.DataSpaceThemes.Select(t => SearchField.Keyword("space_theme", NameOf(t))),
            SearchField.Keyword("protection", NameOf(asset.ProtectionNeed)),
            SearchField.Keyword("access", NameOf(asset.AccessRights)),
            SearchField.Keyword("state", NameOf(asset.State)),
            .. asset.Distributions.Where(d => d.Format.Length > 0).Select(d => SearchField.Keyword("format", d.Format)),
            SearchField.Keyword("holder", asset.Holder.Id),
            .. asset.Areas.SelectMany(a => AreaNames.Containing(a.Key)).Distinct().Select(key => SearchField.Keyword("place", key)),
            .. years is null ? Array.Empty<SearchField>() : [SearchField.Range("period", years.Value.From, years.Value.Until)],
            .. CountedYears(years).Select(year => SearchField.Keyword("year", year.ToString(CultureInfo.InvariantCulture))),
        ];
    }

    public static IEnumerable<SearchFilter> FiltersOf(SearchDataAssetsRequest request)
    {
        (string Field, IEnumerable<string> Values)[] chosen =
        [
            ("category", request.HealthCategories),
            ("space_theme", request.DataSpaceThemes.Select(NameOf)),
            ("protection", request.ProtectionNeeds.Select(NameOf)),
            ("access", request.AccessRights.Select(NameOf)),
            ("state", request.States.Select(NameOf)),
            ("format", request.Formats),
            ("holder", request.HolderIds),
        ];
        foreach ((string field, IEnumerable<string> values) in chosen)
        {
            if (values.Any())
            {
                yield return SearchFilter.AnyOf(field, [.. values]);
            }
        }

        if (request.HasFromYear || request.HasUntilYear)
        {
            yield return SearchFilter.Overlaps(
                "period",
                request.HasFromYear ? request.FromYear : double.NegativeInfinity,
                request.HasUntilYear ? request.UntilYear : double.PositiveInfinity);
        }
    }

    public static void Check(SearchDataAssetsRequest request, Violations violations)
    {
        violations.CheckIris("health_categories", request.HealthCategories);
        violations.Unless(
            request.Facets.All(FieldOf.ContainsKey), "facets", $"Only these facets are known: {string.Join(", ", FieldOf.Keys.Select(NameOf))}.");
        violations.Unless(
            !request.HasFromYear || !request.HasUntilYear || request.FromYear <= request.UntilYear, "until_year", "The last year is before the first.");
    }

    public static string[] FieldsOf(SearchDataAssetsRequest request) => [.. request.Facets.Select(facet => FieldOf[facet]).Distinct()];

    /// <summary>The counts as the contract shows them, with the names of areas.</summary>
    public static IEnumerable<DataAssetFacetCounts> Show(SearchDataAssetsRequest request, SearchResult found) => request.Facets.Distinct().Select(facet => new DataAssetFacetCounts
    {
        Facet = facet,
        Values =
        {
            found.Facets[FieldOf[facet]].Select(value => new FacetValue
            {
                Value = value.Value,
                Count = value.Count,
                Name = facet == DataAssetFacet.Area ? AreaNames.Of(value.Value) ?? string.Empty : string.Empty,
            }),
        },
    });

    private static (int From, int Until)? YearsOf(DataAsset asset)
    {
        if (asset.Temporal is not { } period || (period.Start is null && period.End is null))
        {
            return null;
        }

        // The end is the first instant that no longer belongs to the period: a year that ends on New Year's Day is over.
        int from = period.Start?.ToDateTime().Year ?? FirstYear;
        int until = period.End?.ToDateTime() is { } end ? (end > DateTime.MinValue ? end.AddTicks(-1) : end).Year : LastYear;
        return (from, Math.Max(from, until));
    }

    /// <summary>Open periods can be narrowed by, but not counted: nobody chooses the year 9999.</summary>
    private static IEnumerable<int> CountedYears((int From, int Until)? years) => years is not var (from, until)
        ? []
        : from == FirstYear ? [until]
        : until == LastYear ? [from]
        : Enumerable.Range(Math.Max(from, until - MostYears), until - Math.Max(from, until - MostYears) + 1);

    /// <summary>The name in the contract, as JSON writes it.</summary>
    private static string NameOf<T>(T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttributes(typeof(OriginalNameAttribute), inherit: false) is [OriginalNameAttribute original]
            ? original.Name
            : value.ToString();
}
