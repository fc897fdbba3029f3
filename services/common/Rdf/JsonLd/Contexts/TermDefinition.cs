namespace Ecosystem.Rdf.JsonLd;

/// <summary>What a term stands for in a context (JSON-LD 1.1 API, section 4.1).</summary>
internal sealed record TermDefinition
{
    /// <summary>The IRI, blank node label or keyword; null when the term is explicitly without meaning.</summary>
    public string? Iri { get; init; }

    public bool IsPrefix { get; init; }

    public bool IsProtected { get; init; }

    public bool IsReverse { get; init; }

    /// <summary>Type mapping: a data type, <c>@id</c>, <c>@vocab</c>, <c>@json</c> or <c>@none</c>.</summary>
    public string? Type { get; init; }

    public Containers Containers { get; init; }

    /// <summary>The property that holds the key of an index map; <c>@index</c> when it is not to be kept as one.</summary>
    public string? Index { get; init; }

    /// <summary>Language of texts; not stated means that of the context, null means none.</summary>
    public Stated<string?> Language { get; init; }

    /// <summary>Direction of texts, likewise.</summary>
    public Stated<string?> Direction { get; init; }

    public string? Nest { get; init; }

    /// <summary>Context for what is inside; null when there is none.</summary>
    public JsonItem? Context { get; init; }

    /// <summary>Where relative references of that context start.</summary>
    public string? ContextBase { get; init; }

    /// <summary>Whether a protected definition is merely repeated.</summary>
    public bool SaysTheSameAs(TermDefinition other) =>
        (this with { IsProtected = false, Context = null }) == (other with { IsProtected = false, Context = null })
        && (Context is null ? other.Context is null : other.Context is not null && CanonicalJson.Write(Context) == CanonicalJson.Write(other.Context));
}

/// <summary>A value that may be left unsaid, which is not the same as saying that there is none.</summary>
internal readonly record struct Stated<T>(bool IsStated, T Value);

/// <summary>How the values of a term are arranged.</summary>
[Flags]
internal enum Containers
{
    None = 0,
    Graph = 1,
    Id = 2,
    Index = 4,
    Language = 8,
    List = 16,
    Set = 32,
    Type = 64,
}
