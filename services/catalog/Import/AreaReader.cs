using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>DCAT-AP.de names areas by IRIs that end in an official key, the EU by NUTS codes; other places have no key here.</summary>
internal sealed class AreaReader(Graph graph)
{
    public void Read(Term subject, DataAsset asset, List<string> remarks)
    {
        Term[] places = [.. graph.Objects(subject, Dcat.GeocodingUri).Concat(graph.Objects(subject, Dcat.Spatial)).Distinct()];
        int unknown = 0;
        foreach (Term place in places)
        {
            string name = (place as Iri)?.Value ?? (place as Literal)?.Value ?? string.Empty;
            if (AreaKey(name) is { } key)
            {
                if (asset.Areas.All(a => a.Key != key))
                {
                    asset.Areas.Add(new Area { Key = key });
                }
            }
            else if (place is Iri && !name.StartsWith(Dcat.AreaCode, StringComparison.Ordinal))
            {
                asset.Places.Add(name);
            }
            else
            {
                unknown++;
            }
        }

        if (unknown > 0)
        {
            remarks.Add($"{unknown} of the places it covers could not be matched with an official key; they were left out.");
        }
    }

    /// <summary>Regional keys of 12 digits hold the association of municipalities in the middle; without it they are municipality keys.</summary>
    private static string? AreaKey(string place)
    {
        string key = place[(place.LastIndexOf('/') + 1)..];
        if (place.StartsWith(Dcat.NutsCode, StringComparison.Ordinal))
        {
            return key.Length is >= 2 and <= 5 && key[..2].All(char.IsAsciiLetterUpper) && key.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) ? key : null;
        }

        return place.StartsWith(Dcat.AreaCode, StringComparison.Ordinal) && key.All(char.IsAsciiDigit) ? key.Length switch
        {
            2 or 5 or 8 => key,
            12 => key[..5] + key[9..],
            _ => null,
        } : null;
    }
}
