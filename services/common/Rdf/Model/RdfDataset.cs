namespace Ecosystem.Rdf;

/// <summary>A graph without a name and any number of named ones (RDF 1.1 Concepts, section 4). Blank nodes may be shared among them.</summary>
public sealed class RdfDataset
{
    private readonly Dictionary<Term, Graph> _named = [];

    /// <summary>The graph without a name.</summary>
    public Graph Default { get; } = new();

    /// <summary>The others, by <see cref="Iri"/> or <see cref="BlankNode"/>.</summary>
    public IReadOnlyDictionary<Term, Graph> Named => _named;

    /// <summary>The graph of a name, which is made when it is not there.</summary>
    public Graph GetOrAdd(Term name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_named.TryGetValue(name, out Graph? graph))
        {
            _named[name] = graph = new Graph();
        }

        return graph;
    }
}
