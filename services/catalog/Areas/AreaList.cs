using System.Collections.Frozen;
using System.Globalization;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;

namespace Ecosystem.Catalog.Areas;

/// <summary>One line of areas.csv.</summary>
internal sealed record KnownArea(string Key, string Name, string Kind, string Nuts, string Region, double Latitude, double Longitude)
{
    public AreaLevel Level => Key.Length switch
    {
        2 => AreaLevel.Land,
        5 => AreaLevel.District,
        _ => AreaLevel.Municipality,
    };

    public ListedArea ToListed() => new()
    {
        Area = new Area { Key = Key, Name = Name },
        Level = Level,
        Kind = Kind,
        Nuts = Nuts,
        Latitude = Latitude,
        Longitude = Longitude,
    };
}

/// <summary>The administrative areas that ship with the catalogue, in the order of their keys (see areas.csv for the source).</summary>
internal static class AreaList
{
    private const string Ruhr = "ruhr";

    public static readonly IReadOnlyList<KnownArea> All = [.. Load().OrderBy(a => a.Key, StringComparer.Ordinal)];

    public static readonly FrozenDictionary<string, KnownArea> ByKey = All.ToFrozenDictionary(a => a.Key);

    private static IEnumerable<KnownArea> Load()
    {
        using Stream file = typeof(AreaList).Assembly.GetManifestResourceStream("areas.csv")!;
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split(';') is [var key, var name, var kind, var nuts, var region, var centroid])
            {
                (double latitude, double longitude) = Position(centroid);
                yield return new KnownArea(key, NameForPeople(name, kind), kind, nuts, region == "rvr" ? Ruhr : string.Empty, latitude, longitude);
            }
        }
    }

    private static (double Latitude, double Longitude) Position(string centroid) => centroid.Split(',') is [var latitude, var longitude]
        ? (double.Parse(latitude, CultureInfo.InvariantCulture), double.Parse(longitude, CultureInfo.InvariantCulture))
        : (0, 0);

    /// <summary>A district is often called like its main town; people tell them apart by the word "Kreis".</summary>
    private static string NameForPeople(string name, string kind) =>
        kind is "Kreis" or "Landkreis" && !name.Contains("kreis", StringComparison.OrdinalIgnoreCase) && !name.Contains("region", StringComparison.OrdinalIgnoreCase)
            ? $"{kind} {name}"
            : name;
}
