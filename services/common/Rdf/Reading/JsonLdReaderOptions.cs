namespace Ecosystem.Rdf;

/// <summary>What the reader of JSON-LD may assume, beyond what holds for every syntax.</summary>
public sealed record JsonLdReaderOptions
{
    /// <summary>The defaults: no context from outside the document is known.</summary>
    public static JsonLdReaderOptions Default { get; } = new();

    /// <summary>Base IRI and limits. <see cref="RdfReaderOptions.MaxDepth"/> counts nodes; each takes two levels of JSON.</summary>
    public RdfReaderOptions Limits { get; init; } = RdfReaderOptions.Default;

    /// <summary>
    /// Documents that a document may name as its context, by absolute IRI: the JSON with its <c>@context</c>. Any other is refused, because
    /// nothing is ever fetched.
    /// </summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } = new Dictionary<string, string>();

    /// <summary>A context of <see cref="Contexts"/> that holds before the document begins, for JSON that names none (JSON-LD 1.1, section 6.1).</summary>
    public string? InitialContext { get; init; }

    /// <summary>The version that is followed. JSON-LD 1.0 knows no scoped contexts, nesting, or maps by id or type.</summary>
    public JsonLdVersion Version { get; init; } = JsonLdVersion.Version11;

    /// <summary>What becomes of the base direction of texts (JSON-LD 1.1 API, section 9.4, <c>rdfDirection</c>).</summary>
    public JsonLdDirection Direction { get; init; } = JsonLdDirection.Dropped;

    /// <summary>Most contexts that may be under way at once, where one names the next.</summary>
    public int MaxContextDepth { get; init; } = 16;

    /// <summary>Most term definitions that are made or carried over while contexts are processed, counted over the whole document.</summary>
    public int MaxTermDefinitions { get; init; } = 20_000_000;
}

/// <summary>A version of JSON-LD.</summary>
public enum JsonLdVersion
{
    /// <summary>JSON-LD 1.1 (2020).</summary>
    Version11,

    /// <summary>JSON-LD 1.0 (2014); what only 1.1 has is refused.</summary>
    Version10,
}

/// <summary>How the direction of a text is kept in RDF, which has no word for it.</summary>
public enum JsonLdDirection
{
    /// <summary>Not at all.</summary>
    Dropped,

    /// <summary>In the data type, as <c>https://www.w3.org/ns/i18n#ar_rtl</c>.</summary>
    InDatatype,

    /// <summary>As a blank node with <c>rdf:value</c>, <c>rdf:language</c> and <c>rdf:direction</c>.</summary>
    AsCompoundLiteral,
}
