using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import;

/// <summary>Documents of others in any syntax; what can be read is read, and the rest is reported.</summary>
internal static class RdfDocuments
{
    public static RdfReading Read(string document, RdfFormat format, RdfReaderOptions options) => format switch
    {
        RdfFormat.NTriples => NTriplesReader.ReadTolerantly(document, options),
        RdfFormat.JsonLd => JsonLdReader.ReadTolerantly(document, new JsonLdReaderOptions { Limits = options }),
        RdfFormat.RdfXml => ReadXml(document, options),
        _ => TurtleReader.ReadTolerantly(document, options),
    };

    /// <summary>XML that is not well-formed has no records to go on with.</summary>
    private static RdfReading ReadXml(string document, RdfReaderOptions options)
    {
        var lines = new Dictionary<Iri, int>();
        try
        {
            return new RdfReading(RdfXmlReader.Read(document, options), [], lines);
        }
        catch (RdfSyntaxException fault)
        {
            return new RdfReading(new Graph(), [new RdfProblem(fault.Line, fault.Column, fault.Sentence, Subject: null, fault.Line, ResumedAtLine: null)], lines);
        }
    }
}
