using Ecosystem.Common.V1;
using Ecosystem.Search;

namespace Ecosystem.Catalog.Areas;

/// <summary>Where something is to be had, in an index with the keyword field <c>area</c>; what names no area is to be had everywhere.</summary>
internal static class OfferedAreas
{
    private const string Everywhere = "everywhere";

    public static IEnumerable<SearchField> Fields(IEnumerable<Area> areas)
    {
        string[] keys = [.. areas.Select(a => a.Key)];
        return keys.Length == 0
            ? [SearchField.Keyword("area", Everywhere)]
            : keys.Select(key => SearchField.Keyword("area", $"at:{key}"))
                .Concat(keys.SelectMany(AreaNames.Containing).Distinct().Select(key => SearchField.Keyword("area", $"in:{key}")));
    }

    /// <summary>What is to be had in the area, in a part of it, around it, or everywhere; no condition without an area.</summary>
    public static IEnumerable<SearchFilter> In(string areaKey) => areaKey.Length == 0
        ? []
        : [SearchFilter.AnyOf("area", [Everywhere, $"in:{areaKey}", .. AreaNames.Containing(areaKey).Select(key => $"at:{key}")])];
}
