using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Harvest.Reading;

/// <summary>Where the next page is: in the Link header (RFC 8288) or in the page itself (Hydra).</summary>
internal static class PageLinks
{
    private static readonly Iri[] Next =
    [
        new("http://www.w3.org/ns/hydra/core#next"),
        new("http://www.w3.org/ns/hydra/core#nextPage"),
    ];

    public static Uri? NextOf(Uri page, IEnumerable<string> linkHeaders, Graph graph)
    {
        string? target = linkHeaders.SelectMany(Links).FirstOrDefault()
            ?? Next.SelectMany(property => graph.Match(predicate: property)).Select(t => (t.Object as Iri)?.Value ?? (t.Object as Literal)?.Value).FirstOrDefault(v => v is not null);
        return target is not null && Uri.TryCreate(page, target, out Uri? next) && next != page ? next : null;
    }

    private static IEnumerable<string> Links(string header)
    {
        foreach (string link in header.Split('<').Skip(1))
        {
            string[] parts = link.Split('>', 2);
            bool isNext = parts.Length == 2 && parts[1].Split(';', ',')
                .Select(p => p.Trim())
                .Any(p => p.StartsWith("rel=", StringComparison.OrdinalIgnoreCase) && p[4..].Trim('"').Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase));
            if (isNext)
            {
                yield return parts[0];
            }
        }
    }
}
