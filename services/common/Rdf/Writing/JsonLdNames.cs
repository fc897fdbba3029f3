namespace Ecosystem.Rdf;

/// <summary>Finds the short name of an IRI and remembers which were used.</summary>
internal sealed class JsonLdNames
{
    private readonly ILookup<string, JsonLdTerm> _terms;
    private readonly List<KeyValuePair<string, string>> _prefixes;
    private readonly Dictionary<string, string> _compact = [];

    public JsonLdNames(Graph graph, JsonLdVocabulary vocabulary)
    {
        // An IRI whose scheme is spelt like a prefix would be read as a compact one; there is no way to escape it.
        HashSet<string> schemes = [.. graph.SelectMany(t => new[] { t.Subject, t.Predicate, t.Object, (t.Object as Literal)?.Datatype })
            .OfType<Iri>().Select(i => i.Value[..Math.Max(0, i.Value.IndexOf(':', StringComparison.Ordinal))])];
        _prefixes = [.. vocabulary.Prefixes.Where(p => !schemes.Contains(p.Key))];
        _terms = vocabulary.Terms.DistinctBy(t => t.Name).Where(t => !schemes.Contains(t.Name)).ToLookup(t => t.Property);
    }

    public SortedDictionary<string, string> UsedPrefixes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JsonLdTerm> UsedTerms { get; } = new(StringComparer.Ordinal);

    public IEnumerable<JsonLdTerm> TermsOf(Iri property) => _terms[property.Value];

    public string Use(JsonLdTerm term)
    {
        if (UsedTerms.TryAdd(term.Name, term))
        {
            Compact(term.Property);
            Compact(term.Datatype ?? term.Property);
        }

        return term.Name;
    }

    /// <summary>Prefix and local name, or the IRI itself.</summary>
    public string Compact(string iri)
    {
        if (_compact.TryGetValue(iri, out string? known))
        {
            return known;
        }

        string name = iri;
        foreach ((string prefix, string space) in _prefixes)
        {
            // What follows must not begin with slashes, or the whole would be read as an IRI.
            if (iri.Length > space.Length && iri.StartsWith(space, StringComparison.Ordinal) && iri[space.Length] != '/')
            {
                UsedPrefixes[prefix] = space;
                name = $"{prefix}:{iri[space.Length..]}";
                break;
            }
        }

        return _compact[iri] = name;
    }
}
