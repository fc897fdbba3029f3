using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;

namespace Ecosystem.Catalog.DataAssets.Description;

/// <summary>
/// What a description should say, item by item: the rules by which it may be published and by which its completeness is computed. They require
/// exactly what the SHACL shapes of HealthDCAT-AP release 8 and DCAT-AP 3.0.1 require for the access rights, and the protection need.
/// </summary>
internal static class DescriptionItems
{
    public static readonly IReadOnlyList<DescriptionItem> All = [.. RequiredItems.All, .. RecommendedItems.All];

    /// <summary>A draft needs a name to be found again, and nothing else.</summary>
    public static void CheckDraft(DataAsset asset, Violations violations) => Report(RequiredItems.All.Take(1), asset, violations);

    /// <summary>What must be there before others see it.</summary>
    public static void CheckRequired(DataAsset asset, Violations violations) => Report(All.Where(i => i.IsRequiredFor(asset)), asset, violations);

    /// <summary>What would help those who look for data.</summary>
    public static void Recommend(DataAsset asset, Violations violations) => Report(All.Where(i => !i.IsRequiredFor(asset)), asset, violations);

    public static Completeness CompletenessOf(DataAsset asset)
    {
        DescriptionItem[] missing = [.. All.Where(i => !i.IsPresent(asset))];
        return Counting.Of(All.Count, [.. missing.Select(i => i.Field)], [.. missing.Select(i => i.Name)]);
    }

    private static void Report(IEnumerable<DescriptionItem> items, DataAsset asset, Violations violations)
    {
        foreach (DescriptionItem item in items.Where(i => !i.IsPresent(asset)))
        {
            violations.Add(item.MissingIn(asset));
        }
    }
}
