namespace Ecosystem.Rdf.JsonLd;

/// <summary>What names mean at one place of a document (JSON-LD 1.1 API, section 4.1). Contexts that are in use are never changed.</summary>
internal sealed class ActiveContext
{
    private readonly Dictionary<string, TermDefinition> _terms;

    public ActiveContext(string? documentBase)
    {
        Base = OriginalBase = documentBase;
        _terms = [];
    }

    private ActiveContext(ActiveContext from)
    {
        (Base, OriginalBase, Vocabulary, Language, Direction, Previous) =
            (from.Base, from.OriginalBase, from.Vocabulary, from.Language, from.Direction, from.Previous);
        _terms = new Dictionary<string, TermDefinition>(from._terms);
    }

    /// <summary>Against what relative references are resolved; null when they have no meaning.</summary>
    public string? Base { get; set; }

    public string? OriginalBase { get; }

    public string? Vocabulary { get; set; }

    public string? Language { get; set; }

    public string? Direction { get; set; }

    /// <summary>The context to return to in nodes further inside, when this one holds for a single node.</summary>
    public ActiveContext? Previous { get; set; }

    public int Count => _terms.Count;

    public bool HasProtectedTerms => _terms.Values.Any(t => t.IsProtected);

    public TermDefinition? this[string term] => _terms.GetValueOrDefault(term);

    public void Define(string term, TermDefinition definition) => _terms[term] = definition;

    public void Forget(string term) => _terms.Remove(term);

    public ActiveContext Copy() => new(this);
}
