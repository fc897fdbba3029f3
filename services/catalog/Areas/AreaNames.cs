using Ecosystem.Common.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Areas;

/// <summary>Names of administrative areas by their official key.</summary>
internal static class AreaNames
{
    /// <summary>Digits that name a Land, a district, a municipality.</summary>
    private static readonly int[] LevelLengths = [2, 5, 8];

    public static string? Of(string key) => AreaList.ByKey.GetValueOrDefault(key)?.Name;

    /// <summary>A known key decides the name, so that one area is called the same everywhere.</summary>
    public static void Fill(RepeatedField<Area> areas)
    {
        foreach (Area area in areas)
        {
            area.Name = Of(area.Key) ?? area.Name;
        }
    }

    /// <summary>Whether it has the form of a key at all.</summary>
    public static bool IsKey(string key) => key.Length >= 2 && key.All(char.IsAsciiLetterOrDigit);

    /// <summary>The key itself and the keys of all areas that contain it.</summary>
    public static IEnumerable<string> Containing(string key) =>
        char.IsAsciiDigit(key[0])
            ? LevelLengths.Where(length => length <= key.Length).Select(length => key[..length])
            : Enumerable.Range(2, key.Length - 1).Select(length => key[..length]);
}
