using System.Text;

namespace Ecosystem.Rdf;

/// <summary>Writes Turtle for people: prefixes, one block a subject, blank nodes in place where they are mentioned once.</summary>
public static class TurtleWriter
{
    /// <summary>The graph as a document.</summary>
    /// <param name="graph">What to write.</param>
    /// <param name="prefixes">Prefix (without colon) to namespace IRI; those that the graph does not need are left out.</param>
    public static string Write(Graph graph, IReadOnlyDictionary<string, string>? prefixes = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new TurtleDocument(graph, prefixes ?? new Dictionary<string, string>()).Write();
    }
}

internal sealed class TurtleDocument(Graph graph, IReadOnlyDictionary<string, string> prefixes)
{
    private readonly StringBuilder _text = new();
    private readonly BlankNodeLabels _labels = new();
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<Term> _written = [];

    public string Write()
    {
        HashSet<BlankNode> inPlace = NodesInPlace.Of(graph);
        foreach (Term subject in graph.AllSubjects.Where(s => s is not BlankNode node || !inPlace.Contains(node)))
        {
            WriteBlock(subject, inPlace);
        }

        // What is left hangs on itself (a ring of blank nodes) or too deep; labels tell it all.
        foreach (Term subject in graph.AllSubjects.Where(s => !_written.Contains(s)))
        {
            WriteBlock(subject, inPlace);
        }

        var head = new StringBuilder();
        foreach (string prefix in _used)
        {
            head.Append("@prefix ").Append(prefix).Append(": ");
            Escapes.AppendIri(head, prefixes[prefix]);
            head.Append(" .\n");
        }

        return head.Length == 0 ? _text.ToString() : head.Append('\n').Append(_text).ToString();
    }

    private void WriteBlock(Term subject, HashSet<BlankNode> inPlace)
    {
        _written.Add(subject);
        if (subject is BlankNode node && graph.References(node) == 0)
        {
            _text.Append("[]");
        }
        else
        {
            AppendTerm(subject);
        }

        AppendProperties(subject, inPlace, indent: 1);
        _text.Append(" .\n\n");
    }

    private void AppendProperties(Term subject, HashSet<BlankNode> inPlace, int indent)
    {
        string margin = new(' ', indent * 4);
        string separator = string.Empty;
        foreach (IGrouping<Iri, Triple> property in graph.About(subject).GroupBy(t => t.Predicate))
        {
            _text.Append(separator).Append('\n').Append(margin);
            separator = " ;";
            AppendPredicate(property.Key);
            string comma = " ";
            foreach (Triple triple in property)
            {
                _text.Append(comma);
                comma = ", ";
                if (triple.Object is BlankNode node && inPlace.Contains(node))
                {
                    _written.Add(node);
                    _text.Append('[');
                    AppendProperties(node, inPlace, indent + 1);
                    _text.Append('\n').Append(margin).Append(']');
                }
                else
                {
                    AppendTerm(triple.Object);
                }
            }
        }
    }

    private void AppendPredicate(Iri predicate)
    {
        if (predicate.Value == RdfSyntax.Type)
        {
            _text.Append('a');
        }
        else
        {
            AppendTerm(predicate);
        }
    }

    private void AppendTerm(Term term)
    {
        switch (term)
        {
            case Iri iri:
                AppendName(iri.Value);
                break;
            case BlankNode node:
                _text.Append("_:").Append(_labels.Of(node));
                break;
            case Literal literal:
                AppendLiteral(literal);
                break;
        }
    }

    private void AppendLiteral(Literal literal)
    {
        if (literal.Datatype.Value == Xsd.Boolean && literal.Value is "true" or "false")
        {
            _text.Append(literal.Value);
            return;
        }

        if (literal.Datatype.Value == Xsd.Integer && literal.Value.Length is > 0 and < 100 && literal.Value.All(char.IsAsciiDigit))
        {
            _text.Append(literal.Value);
            return;
        }

        Escapes.AppendQuoted(_text, literal.Value);
        if (literal.Language is not null)
        {
            _text.Append('@').Append(literal.Language);
        }
        else if (literal.Datatype.Value != Xsd.String)
        {
            _text.Append("^^");
            AppendName(literal.Datatype.Value);
        }
    }

    private void AppendName(string iri)
    {
        foreach ((string prefix, string space) in prefixes)
        {
            if (iri.StartsWith(space, StringComparison.Ordinal) && IsPlainLocalName(iri.AsSpan(space.Length)))
            {
                _used.Add(prefix);
                _text.Append(prefix).Append(':').Append(iri, space.Length, iri.Length - space.Length);
                return;
            }
        }

        Escapes.AppendIri(_text, iri);
    }

    /// <summary>Names that need no escapes; others are written as whole IRIs, which is always right.</summary>
    private static bool IsPlainLocalName(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return name.Length > 0 && name[0] != '-';
    }
}
