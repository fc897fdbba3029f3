using Ecosystem.Common.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>Areas are hierarchies by their keys: an area contains every area whose key begins with its own.</summary>
internal static class AreaKeys
{
    public static bool Meet(Area one, Area other) =>
        one.Key.Length > 0 && other.Key.Length > 0
        && (one.Key.StartsWith(other.Key, StringComparison.Ordinal) || other.Key.StartsWith(one.Key, StringComparison.Ordinal));

    public static bool IsServed(Area area, IReadOnlyList<Area> offered)
    {
        for (int at = 0; at < offered.Count; at++)
        {
            if (Meet(area, offered[at])) return true;
        }
        return false;
    }

    /// <summary>The part of the areas asked for that is served; who names none serves them all.</summary>
    public static double Served(IReadOnlyList<Area> asked, IReadOnlyList<Area> offered)
    {
        if (asked.Count == 0 || offered.Count == 0) return 1;
        int served = 0;
        for (int at = 0; at < asked.Count; at++)
        {
            if (IsServed(asked[at], offered)) served++;
        }
        return (double)served / asked.Count;
    }
}
