namespace Ecosystem.Rdf;

/// <summary>What a reader may assume and how much it accepts. The defaults fit catalogues from strangers.</summary>
public sealed record RdfReaderOptions
{
    /// <summary>The defaults.</summary>
    public static RdfReaderOptions Default { get; } = new();

    /// <summary>The absolute IRI against which relative ones are resolved; without it a relative IRI is an error.</summary>
    public string? BaseIri { get; init; }

    /// <summary>Largest document, in UTF-16 characters.</summary>
    public int MaxCharacters { get; init; } = 64 * 1024 * 1024;

    /// <summary>Longest literal, in characters.</summary>
    public int MaxLiteralLength { get; init; } = 1024 * 1024;

    /// <summary>Longest IRI or name, in characters.</summary>
    public int MaxNameLength { get; init; } = 8 * 1024;

    /// <summary>How deep lists and blank nodes may nest.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most triples of one document.</summary>
    public int MaxTriples { get; init; } = 5_000_000;

    /// <summary>Most statements of one document that may be broken before a tolerant reader gives up.</summary>
    public int MaxProblems { get; init; } = 1_000;
}
