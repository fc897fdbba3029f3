namespace Ecosystem.Rdf;

/// <summary>Reads N-Triples (RDF 1.1 N-Triples, W3C Recommendation 2014). Every line stands alone, so a broken one costs only itself.</summary>
public static class NTriplesReader
{
    /// <summary>Reads a document that must be whole.</summary>
    /// <exception cref="RdfSyntaxException">The document breaks the grammar or passes a limit; the first fault is reported.</exception>
    public static Graph Read(string document, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new NTriplesParser(document, options ?? RdfReaderOptions.Default).ReadWhole();
    }

    /// <summary>Reads every line that can be read and reports the others.</summary>
    public static RdfReading ReadTolerantly(string document, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new NTriplesParser(document, options ?? RdfReaderOptions.Default).ReadTolerantly();
    }
}
