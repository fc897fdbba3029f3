using System.Collections.Frozen;
using Ecosystem.Common.V1;
using Google.Protobuf.Collections;

namespace Ecosystem.Catalog.Areas;

/// <summary>Names of administrative areas by their official key, from the list that ships with the catalogue (see areas.csv for its source).</summary>
internal static class AreaNames
{
    /// <summary>Digits that name a Land, a district, a municipality.</summary>
    private static readonly int[] LevelLengths = [2, 5, 8];

    private static readonly FrozenDictionary<string, string> Known = Load().ToFrozenDictionary(a => a.Key, a => a.Name);

    public static string? Of(string key) => Known.GetValueOrDefault(key);

    /// <summary>A known key decides the name, so that one area is called the same everywhere.</summary>
    public static void Fill(RepeatedField<Area> areas)
    {
        foreach (Area area in areas)
        {
            area.Name = Of(area.Key) ?? area.Name;
        }
    }

    /// <summary>The key itself and the keys of all areas that contain it: Land (2 digits), district (5), municipality (8).</summary>
    public static IEnumerable<string> Containing(string key) =>
        char.IsAsciiDigit(key[0])
            ? LevelLengths.Where(length => length <= key.Length).Select(length => key[..length])
            : Enumerable.Range(2, key.Length - 1).Select(length => key[..length]);

    private static IEnumerable<(string Key, string Name)> Load()
    {
        using Stream file = typeof(AreaNames).Assembly.GetManifestResourceStream("areas.csv")!;
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split(';') is [var key, var name, var kind, ..])
            {
                yield return (key, NameForPeople(name, kind));
            }
        }
    }

    /// <summary>A district is often called like its main town; people tell them apart by the word "Kreis".</summary>
    private static string NameForPeople(string name, string kind) =>
        kind is "Kreis" or "Landkreis" && !name.Contains("kreis", StringComparison.OrdinalIgnoreCase) && !name.Contains("region", StringComparison.OrdinalIgnoreCase)
            ? $"{kind} {name}"
            : name;
}
