using Ecosystem.Catalog.V1;
using Microsoft.Net.Http.Headers;

namespace Ecosystem.Catalog.Export;

/// <summary>Which of the written syntaxes a caller likes best (RFC 9110, section 12.5.1).</summary>
internal static class Negotiation
{
    /// <returns>Null when the caller accepts none of them.</returns>
    public static RdfFormat? Choose(IList<MediaTypeHeaderValue> accept)
    {
        if (accept.Count == 0)
        {
            return RdfFormats.Written[0].Format;
        }

        (RdfFormat Format, double Quality) best = RdfFormats.Written
            .Select(w => (w.Format, Quality: QualityOf(new MediaTypeHeaderValue(w.MediaType), accept)))
            .MaxBy(w => w.Quality);
        return best.Quality > 0 ? best.Format : null;
    }

    /// <summary>The range that fits most closely decides, so that <c>text/turtle;q=0</c> is meant even beside <c>*/*</c>.</summary>
    private static double QualityOf(MediaTypeHeaderValue offered, IList<MediaTypeHeaderValue> accept) => accept
        .Where(offered.IsSubsetOf)
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
