using Ecosystem.Rdf.JsonLd;

namespace Ecosystem.Rdf;

/// <summary>Reads JSON-LD (W3C Recommendation 2020, algorithm "Deserialize JSON-LD to RDF"). Never opens a network connection: contexts are written in the document or given by the caller.</summary>
public static class JsonLdReader
{
    /// <summary>Reads a document that must be whole; of its graphs, the one without a name.</summary>
    /// <exception cref="RdfSyntaxException">The document breaks the rules of the syntax or passes a limit; the first fault is reported.</exception>
    public static Graph Read(string document, JsonLdReaderOptions? options = null) => ReadDataset(document, options).Default;

    /// <summary>Reads a document that must be whole, with its named graphs.</summary>
    /// <exception cref="RdfSyntaxException">The document breaks the rules of the syntax or passes a limit; the first fault is reported.</exception>
    public static RdfDataset ReadDataset(string document, JsonLdReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new JsonLdDocument(document, options ?? JsonLdReaderOptions.Default).ReadWhole();
    }

    /// <summary>
    /// Reads what can be read of the graph without a name. A broken node at the top of the document, or of its only <c>@graph</c>, is reported
    /// and adds nothing; so is every statement that is lost because an IRI is relative or malformed, which the specification drops without a word.
    /// A document that is not JSON, or whose outermost context is broken, is given up as a whole.
    /// </summary>
    public static RdfReading ReadTolerantly(string document, JsonLdReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new JsonLdDocument(document, options ?? JsonLdReaderOptions.Default).ReadTolerantly();
    }
}
