namespace Ecosystem.Rdf.JsonLd;

/// <summary>Makes statements out of expanded nodes (JSON-LD 1.1 API, sections 8.1 and 8.2).</summary>
internal sealed class Statements(JsonLdRun run, Action<JsonItem, string> onDropped)
{
    private static readonly Iri Type = new(RdfSyntax.Type);
    private static readonly Iri First = new(RdfSyntax.First);
    private static readonly Iri Rest = new(RdfSyntax.Rest);
    private static readonly Iri Nil = new(RdfSyntax.Nil);

    private readonly Dictionary<string, BlankNode> _labelled = [];
    private readonly Dictionary<string, Iri> _iris = [];
    private readonly Dictionary<Iri, int> _places = [];
    private readonly Literals _literals = new(run);

    private int _count;

    public RdfDataset Dataset { get; } = new();

    /// <summary>For each named subject the byte offset of its first node.</summary>
    public IReadOnlyDictionary<Iri, int> Places => _places;

    public void Add(JsonArray nodes)
    {
        foreach (JsonMap node in nodes.OfType<JsonMap>())
        {
            Node(Dataset.Default, node);
        }
    }

    /// <returns>The node's name; null when it cannot be used, so that nothing is said of it.</returns>
    private Term? Node(Graph graph, JsonMap node)
    {
        Term? subject = node[Keywords.Id] switch
        {
            null => new BlankNode(),
            JsonText name => Resource(name),
            _ => null,
        };
        if (subject is Iri named)
        {
            _places.TryAdd(named, node.Offset);
        }

        foreach ((string key, JsonItem value) in node)
        {
            switch (key)
            {
                case Keywords.Type:
                    foreach (JsonText type in value.AsList().OfType<JsonText>())
                    {
                        Add(graph, subject, Type, Resource(type), type);
                    }

                    break;
                case Keywords.Graph:
                    Graph inside = subject is null ? new Graph() : Dataset.GetOrAdd(subject);
                    foreach (JsonMap member in value.AsList().OfType<JsonMap>())
                    {
                        Node(inside, member);
                    }

                    break;
                case Keywords.Included:
                    foreach (JsonMap member in value.AsList().OfType<JsonMap>())
                    {
                        Node(graph, member);
                    }

                    break;
                case Keywords.Reverse:
                    AddReverse(graph, subject, (JsonMap)value);
                    break;
                default:
                    if (!Keywords.Is(key))
                    {
                        AddValues(graph, subject, key, value);
                    }

                    break;
            }
        }

        return subject;
    }

    private void AddReverse(Graph graph, Term? @object, JsonMap reverse)
    {
        foreach ((string property, JsonItem nodes) in reverse)
        {
            Iri? predicate = Property(property, nodes);
            foreach (JsonMap node in nodes.AsList().OfType<JsonMap>())
            {
                Term? subject = Node(graph, node);
                if (predicate is not null)
                {
                    Add(graph, subject, predicate, @object, node);
                }
            }
        }
    }

    private void AddValues(Graph graph, Term? subject, string property, JsonItem values)
    {
        Iri? predicate = Property(property, values);
        foreach (JsonMap value in values.AsList().OfType<JsonMap>())
        {
            Term? term = Value(graph, value);
            if (predicate is not null)
            {
                Add(graph, subject, predicate, term, value);
            }
        }
    }

    private Term? Value(Graph graph, JsonMap value)
    {
        if (value.Has(Keywords.Value))
        {
            return _literals.Of(value, (s, p, o) => Add(graph, s, p, o, value));
        }

        return value[Keywords.List] is { } list ? List(graph, list) : Node(graph, value);
    }

    private Term List(Graph graph, JsonItem list)
    {
        Term head = Nil;
        BlankNode? last = null;
        foreach (JsonMap item in list.AsList().OfType<JsonMap>())
        {
            var cell = new BlankNode();
            if (last is null)
            {
                head = cell;
            }
            else
            {
                Add(graph, last, Rest, cell, item);
            }

            // A member that cannot be named leaves its place empty.
            Add(graph, cell, First, Value(graph, item), item);
            last = cell;
        }

        if (last is not null)
        {
            Add(graph, last, Rest, Nil, list);
        }

        return head;
    }

    private Iri? Property(string name, JsonItem at)
    {
        if (name.StartsWith("_:", StringComparison.Ordinal))
        {
            onDropped(at, $"A blank node ({name}) cannot be a property in RDF; what it says was left out.");
            return null;
        }

        return Named(name);
    }

    private Term? Resource(JsonText name)
    {
        if (!name.Value.StartsWith("_:", StringComparison.Ordinal))
        {
            return Named(name.Value);
        }

        if (!_labelled.TryGetValue(name.Value, out BlankNode? node))
        {
            _labelled[name.Value] = node = new BlankNode();
        }

        return node;
    }

    private Iri? Named(string name)
    {
        if (!_iris.TryGetValue(name, out Iri? iri))
        {
            if (!Literals.IsWellFormed(name))
            {
                return null;
            }

            _iris[name] = iri = new Iri(name);
        }

        return iri;
    }

    private void Add(Graph graph, Term? subject, Iri predicate, Term? @object, JsonItem at)
    {
        if (subject is null || @object is null)
        {
            onDropped(at, $"A value of <{predicate.Value}> was left out: {(subject is null ? "its node" : "it")} has no absolute IRI, or is not well-formed.");
            return;
        }

        if (++_count > run.Limits.MaxTriples)
        {
            throw run.Fault("too many triples", at, $"A document may hold at most {run.Limits.MaxTriples} triples.");
        }

        graph.Add(subject, predicate, @object);
    }
}
