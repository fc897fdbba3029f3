namespace Ecosystem.Rdf;

/// <summary>
/// Reads RDF/XML (RDF 1.1 XML Syntax, W3C Recommendation 2014). External entities and DTDs are never fetched; entities declared in the
/// document are expanded within <see cref="RdfReaderOptions.MaxLiteralLength"/> characters.
/// </summary>
public static class RdfXmlReader
{
    /// <summary>Reads a document that must be whole: XML that is not well-formed has no records to go on with.</summary>
    /// <exception cref="RdfSyntaxException">The document breaks the grammar or passes a limit; the first fault is reported.</exception>
    public static Graph Read(string document, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new RdfXmlParser(options ?? RdfReaderOptions.Default).Read(document);
    }
}
