namespace Ecosystem.Rdf;

/// <summary>Reads Turtle (RDF 1.1 Turtle, W3C Recommendation 2014). Never opens a network connection.</summary>
public static class TurtleReader
{
    /// <summary>Reads a document that must be whole.</summary>
    /// <exception cref="RdfSyntaxException">The document breaks the grammar or passes a limit; the first fault is reported.</exception>
    public static Graph Read(string document, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new TurtleParser(document, options ?? RdfReaderOptions.Default).ReadWhole();
    }

    /// <summary>
    /// Reads what can be read: a broken statement is reported with its position, adds nothing to the graph, and reading goes on
    /// after it. Where the end of the broken statement cannot be told for certain (text that is never closed), the rest of the
    /// document is given up rather than guessed at, and the last problem says so.
    /// </summary>
    public static RdfReading ReadTolerantly(string document, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new TurtleParser(document, options ?? RdfReaderOptions.Default).ReadTolerantly();
    }
}
