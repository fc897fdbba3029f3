using Ecosystem.Common.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>Areas are hierarchies by their keys: an area contains every area whose key begins with its own.</summary>
internal static class AreaKeys
{
    public static bool Meet(Area one, Area other) =>
        one.Key.Length > 0 && other.Key.Length > 0
        && (one.Key.StartsWith(other.Key, StringComparison.Ordinal) || other.Key.StartsWith(one.Key, StringComparison.Ordinal));

    public static bool IsServed(Area area, IEnumerable<Area> offered) => offered.Any(other => Meet(area, other));
}
