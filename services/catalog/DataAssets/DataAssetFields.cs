using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Search;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>What of a data asset is searched, and by which conditions; the same for searches of the moment and for those that are kept.</summary>
internal static class DataAssetFields
{
    public static SearchSchema Schema() => new SearchSchema()
        .Text("title", boost: 4, lengthNormalization: 0.3)
        .Text("keywords", boost: 2.5, lengthNormalization: 0.3)
        .Text("description")
        .Text("names", boost: 0.8)
        .Keyword("theme")
        .Keyword("area")
        .Keyword("visible_to")
        .Keyword("category")
        .Keyword("space_theme")
        .Keyword("protection")
        .Keyword("access")
        .Keyword("state")
        .Keyword("format")
        .Keyword("holder")
        .Keyword("place")
        .Keyword("year")
        .Range("period");

    public static SearchField[] Of(DataAssetDocument document)
    {
        DataAsset asset = document.Asset;
        return
        [
            .. SearchTexts.Fields("title", asset.Title),
            .. SearchTexts.Fields("description", asset.Description),
            .. asset.Keywords.Select(k => SearchField.Text("keywords", k.Text, k.Language.Length == 0 ? null : k.Language)),
            SearchField.Text("names", asset.Holder.Name),
            SearchField.Text("names", asset.Publisher?.Name),
            .. asset.Areas.Select(a => SearchField.Text("names", a.Name)),
            .. asset.Themes.Select(t => SearchField.Keyword("theme", t)),
            .. asset.Areas.Select(a => SearchField.Keyword("area", $"at:{a.Key}")),
            .. asset.Areas.SelectMany(a => AreaNames.Containing(a.Key)).Distinct().Select(key => SearchField.Keyword("area", $"in:{key}")),
            .. document.VisibleTo().Select(who => SearchField.Keyword("visible_to", who)),
            .. DataAssetFacets.Of(asset),
        ];
    }

    /// <summary>The conditions of a request, apart from its words.</summary>
    public static IEnumerable<SearchFilter> FiltersOf(SearchDataAssetsRequest request)
    {
        if (request.Themes.Count > 0)
        {
            yield return SearchFilter.AnyOf("theme", [.. request.Themes]);
        }

        if (request.AreaKey.Length > 0)
        {
            yield return Covers(request.AreaKey);
        }

        foreach (SearchFilter filter in DataAssetFacets.FiltersOf(request))
        {
            yield return filter;
        }
    }

    public static void CheckFilters(SearchDataAssetsRequest request, Violations violations)
    {
        violations.CheckIris("themes", request.Themes);
        if (request.AreaKey.Length > 0)
        {
            violations.CheckAreas("area_key", [new Common.V1.Area { Key = request.AreaKey }]);
        }

        DataAssetFacets.Check(request, violations);
    }

    public static SearchFilter VisibleTo(Caller caller) => SearchFilter.AnyOf("visible_to", DataAssetDocument.SeenBy(caller));

    /// <summary>Assets that cover the area as a whole, lie in it, or cover a part of it.</summary>
    private static SearchFilter Covers(string areaKey) =>
        SearchFilter.AnyOf("area", [$"in:{areaKey}", .. AreaNames.Containing(areaKey).Select(key => $"at:{key}")]);
}
