using System.Globalization;
using Ecosystem.Catalog.Import;
using Ecosystem.Common.V1;
using Ecosystem.Rdf;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Export;

/// <summary>Adds values to a graph so that each has the kind of node that the shapes of DCAT-AP ask for.</summary>
internal sealed class Statements(Graph graph)
{
    private static readonly Iri NonNegative = new(Xsd.Namespace + "nonNegativeInteger");

    private readonly Dictionary<string, IMessage> _described = [];

    /// <summary>
    /// A node for something that may have a name. Whoever uses a name first describes it; others who say the same refer to it, and others who
    /// say something else get a node without name, because two descriptions of one thing would contradict the shapes (and each other).
    /// </summary>
    /// <returns>The node, and whether it has yet to be described.</returns>
    public (Term Node, bool IsNew) Name(string iri, IMessage said)
    {
        if (!DcatIris.IsIri(iri))
        {
            return (new BlankNode(), true);
        }

        if (_described.TryAdd(iri, said))
        {
            return (new Iri(iri), true);
        }

        return _described[iri].Equals(said) ? (new Iri(iri), false) : (new BlankNode(), true);
    }

    public void Add(Term subject, Iri property, Term value) => graph.Add(subject, property, value);

    public void Text(Term subject, Iri property, string text, string language = "")
    {
        if (text.Length > 0)
        {
            graph.Add(subject, property, IsTag(language) ? new Literal(text, language) : new Literal(text));
        }
    }

    public void Text(Term subject, Iri property, LocalizedText? text)
    {
        foreach ((string language, string value) in (text?.Values ?? []).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            Text(subject, property, value, language);
        }
    }

    public void Texts(Term subject, Iri property, IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Text(subject, property, text);
        }
    }

    /// <summary>Words where the shapes want a node: a node that says them.</summary>
    public void Statement(Term subject, Iri property, Iri type, LocalizedText? text)
    {
        if (text is { Values.Count: > 0 })
        {
            Text(Node(subject, property, type), Dcat.Label, text);
        }
    }

    /// <summary>A new node without name.</summary>
    public BlankNode Node(Term subject, Iri property, Iri type)
    {
        var node = new BlankNode();
        graph.Add(subject, property, node);
        graph.Add(node, Dcat.Type, type);
        return node;
    }

    public void Reference(Term subject, Iri property, string value)
    {
        if (value.Length > 0)
        {
            graph.Add(subject, property, Resource(value));
        }
    }

    public void References(Term subject, Iri property, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            Reference(subject, property, value);
        }
    }

    public void Instant(Term subject, Iri property, Timestamp? instant)
    {
        if (instant is not null)
        {
            string lexical = instant.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
            graph.Add(subject, property, new Literal(lexical, new Iri(Xsd.DateTime)));
        }
    }

    public void Period(Term subject, Iri property, Period? period)
    {
        if (period is { Start: not null } or { End: not null })
        {
            BlankNode node = Node(subject, property, Dcat.PeriodOfTime);
            Instant(node, Dcat.StartDate, period.Start);
            Instant(node, Dcat.EndDate, period.End);
        }
    }

    public void Count(Term subject, Iri property, bool isStated, long count)
    {
        if (isStated)
        {
            graph.Add(subject, property, new Literal(count.ToString(CultureInfo.InvariantCulture), NonNegative));
        }
    }

    public void Decimal(Term subject, Iri property, bool isStated, double value)
    {
        if (isStated)
        {
            graph.Add(subject, property, new Literal(value.ToString("0.###############", CultureInfo.InvariantCulture), new Iri(Xsd.Decimal)));
        }
    }

    public void Typed(Term subject, Iri property, string lexical, string datatype)
    {
        if (lexical.Length > 0)
        {
            graph.Add(subject, property, new Literal(lexical, new Iri(Xsd.Namespace + datatype)));
        }
    }

    /// <summary>A tag that is none (rules were looser once) must not break the document for everybody.</summary>
    private static bool IsTag(string language) =>
        language.Length > 0 && char.IsAsciiLetter(language[0]) && language[^1] != '-' && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private Term Resource(string value)
    {
        if (DcatIris.OfText(value) is { } iri)
        {
            return new Iri(iri);
        }

        var node = new BlankNode();
        graph.Add(node, Dcat.Value, new Literal(value));
        return node;
    }
}
