using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Export;

/// <summary>The syntaxes in which a graph is given out, best first.</summary>
internal static class RdfFormats
{
    public static readonly IReadOnlyList<(RdfFormat Format, string MediaType)> Written =
    [
        (RdfFormat.Turtle, "text/turtle"),
        (RdfFormat.JsonLd, "application/ld+json"),
        (RdfFormat.NTriples, "application/n-triples"),
    ];

    public static string MediaTypeOf(RdfFormat format) => Written.First(w => w.Format == format).MediaType;

    public static string Write(Graph graph, RdfFormat format) => format switch
    {
        RdfFormat.NTriples => NTriplesWriter.Write(graph),
        RdfFormat.JsonLd => JsonLdWriter.Write(graph, DcatVocabulary.JsonLd),
        _ => TurtleWriter.Write(graph, Namespaces.Prefixes),
    };
}
