namespace Ecosystem.Rdf;

/// <summary>One thing that could not be read.</summary>
/// <param name="Line">Line of the fault, counted from 1.</param>
/// <param name="Column">Column of the fault in UTF-16 characters, counted from 1.</param>
/// <param name="Message">What was expected or is not allowed, as a sentence.</param>
/// <param name="Subject">What the broken statement is about, when that much could be read.</param>
/// <param name="StatementLine">Line on which the broken statement starts.</param>
/// <param name="ResumedAtLine">Line on which reading went on, or null when the rest of the document was given up.</param>
public sealed record RdfProblem(int Line, int Column, string Message, Iri? Subject, int StatementLine, int? ResumedAtLine);

/// <summary>What a tolerant reader got out of a document.</summary>
/// <param name="Graph">All statements that are whole. A broken statement adds nothing.</param>
/// <param name="Problems">The broken statements, in document order.</param>
/// <param name="Lines">For each named subject the line of its first statement, so that later checks can say where.</param>
public sealed record RdfReading(Graph Graph, IReadOnlyList<RdfProblem> Problems, IReadOnlyDictionary<Iri, int> Lines);

/// <summary>A document does not follow its grammar, or passes a limit of <see cref="RdfReaderOptions"/>.</summary>
public sealed class RdfSyntaxException : FormatException
{
    /// <summary>Reports a fault with its position.</summary>
    public RdfSyntaxException(string sentence, int line, int column)
        : base($"Line {line}, column {column}: {sentence}")
    {
        Sentence = sentence;
        Line = line;
        Column = column;
    }

    /// <summary>The fault without its position.</summary>
    public string Sentence { get; }

    /// <summary>Line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Column in UTF-16 characters, counted from 1.</summary>
    public int Column { get; }

    /// <summary>The name that the specification gives to this kind of fault, such as <c>invalid term definition</c> (JSON-LD 1.1 API, section 9.6); null where it gives none.</summary>
    public string? Code { get; init; }
}
