using Ecosystem.Common.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>Areas are hierarchies by their keys: an area contains every area whose key begins with its own.</summary>
internal static class AreaKeys
{
    public static bool Meet(Area one, Area other) =>
        one.Key.Length > 0 && other.Key.Length > 0
        && (one.Key.StartsWith(other.Key, StringComparison.Ordinal) || other.Key.StartsWith(one.Key, StringComparison.Ordinal));

    public static bool IsServed(Area area, IEnumerable<Area> offered) => offered.Any(other => Meet(area, other));

    /// <summary>The part of the areas asked for that is served; who names none serves them all.</summary>
    public static double Served(IReadOnlyList<Area> asked, IReadOnlyList<Area> offered) =>
        asked.Count == 0 || offered.Count == 0 ? 1 : (double)asked.Count(area => IsServed(area, offered)) / asked.Count;
}
