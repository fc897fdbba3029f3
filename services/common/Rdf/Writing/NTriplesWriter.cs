using System.Globalization;
using System.Text;

namespace Ecosystem.Rdf;

/// <summary>Writes N-Triples, one triple a line, in the order of the graph.</summary>
public static class NTriplesWriter
{
    /// <summary>The graph as a document; blank nodes are labelled <c>b0</c>, <c>b1</c>, ... in order of appearance.</summary>
    public static string Write(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder();
        var labels = new BlankNodeLabels();
        foreach (Triple triple in graph)
        {
            Append(text, triple.Subject, labels);
            text.Append(' ');
            Append(text, triple.Predicate, labels);
            text.Append(' ');
            Append(text, triple.Object, labels);
            text.Append(" .\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Term term, BlankNodeLabels labels)
    {
        switch (term)
        {
            case Iri iri:
                Escapes.AppendIri(text, iri.Value);
                break;
            case BlankNode node:
                text.Append("_:").Append(labels.Of(node));
                break;
            case Literal literal:
                Escapes.AppendQuoted(text, literal.Value);
                if (literal.Language is not null)
                {
                    text.Append('@').Append(literal.Language);
                }
                else if (literal.Datatype.Value != Xsd.String)
                {
                    text.Append("^^");
                    Escapes.AppendIri(text, literal.Datatype.Value);
                }

                break;
        }
    }
}

/// <summary>Gives blank nodes labels in order of appearance.</summary>
internal sealed class BlankNodeLabels
{
    private readonly Dictionary<BlankNode, string> _labels = [];

    public string Of(BlankNode node)
    {
        if (!_labels.TryGetValue(node, out string? label))
        {
            _labels[node] = label = string.Create(CultureInfo.InvariantCulture, $"b{_labels.Count}");
        }

        return label;
    }
}
