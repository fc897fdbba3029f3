using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Tests.Exchange;

/// <summary>Changes a graph as people and programs get it wrong: something is missing, stated twice, of the wrong type or the wrong kind.</summary>
internal static class GraphMutation
{
    public static (Graph Graph, string What) Apply(Graph graph, Random random)
    {
        Triple[] triples = [.. graph];
        Triple chosen = triples[random.Next(triples.Length)];
        string name = chosen.Predicate.Value[(chosen.Predicate.Value.LastIndexOfAny(['#', '/']) + 1)..];
        return random.Next(5) switch
        {
            0 => (Of(triples.Where(t => !t.Equals(chosen))), $"dropped a value of {name}"),
            1 => (Of(triples.Where(t => !(t.Subject.Equals(chosen.Subject) && t.Predicate.Equals(chosen.Predicate)))), $"dropped {name}"),
            2 => (Of([.. triples, chosen with { Object = Another(chosen.Object) }]), $"stated {name} twice"),
            3 => (Of(triples.Select(t => t.Equals(chosen) ? t with { Object = Retyped(t.Object, random) } : t)), $"gave {name} another type"),
            _ => (Of(triples.Select(t => t.Equals(chosen) ? t with { Object = OfAnotherKind(t.Object) } : t)), $"made another kind of node of {name}"),
        };
    }

    private static Graph Of(IEnumerable<Triple> triples)
    {
        var graph = new Graph();
        foreach (Triple triple in triples)
        {
            graph.Add(triple);
        }

        return graph;
    }

    private static Term Another(Term value) => value switch
    {
        Iri iri => new Iri(iri.Value + "x"),
        Literal { Language: { } language } literal => new Literal(literal.Value + "1", language),
        Literal literal => new Literal(literal.Datatype.Value == Xsd.Boolean && literal.Value == "true" ? "false" : literal.Value + "1", literal.Datatype),
        _ => new BlankNode(),
    };

    private static Term Retyped(Term value, Random random)
    {
        string[] types = ["integer", "date", "boolean", "decimal", "nonNegativeInteger", "duration", "string"];
        string lexical = (value as Literal)?.Value ?? "7";
        return new Literal(random.Next(2) == 0 ? lexical : "none", new Iri(Xsd.Namespace + types[random.Next(types.Length)]));
    }

    private static Term OfAnotherKind(Term value) => value switch
    {
        Iri iri => new Literal(iri.Value),
        Literal => new Iri("https://example.org/other-kind"),
        _ => new Literal("a text"),
    };
}
