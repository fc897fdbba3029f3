using System.Globalization;
using System.Text.Json;

namespace Ecosystem.Rdf;

internal sealed class JsonLdGraph(Graph graph, JsonLdNames names, Utf8JsonWriter json)
{
    /// <summary>Whole numbers beyond this are not exact in every reader of JSON.</summary>
    private const long LargestExact = 1L << 53;

    private static readonly Iri Type = new(RdfSyntax.Type);

    private readonly BlankNodeLabels _labels = new();
    private readonly HashSet<Term> _written = [];
    private readonly HashSet<BlankNode> _inPlace = NodesInPlace.Of(graph);

    public void Write()
    {
        Term[] tops = [.. graph.AllSubjects.Where(s => s is not BlankNode node || !_inPlace.Contains(node))];
        FindNames();
        json.WriteStartObject();
        WriteContext();
        json.WriteStartArray("@graph");
        foreach (Term subject in tops)
        {
            WriteNode(subject);
        }

        // What is left hangs on itself (a ring of blank nodes) or too deep; labels tell it all.
        foreach (Term subject in graph.AllSubjects.Where(s => !_written.Contains(s)))
        {
            WriteNode(subject);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The context stands before what uses it.</summary>
    private void FindNames()
    {
        foreach (Triple triple in graph)
        {
            if (triple.Predicate.Equals(Type) && triple.Object is Iri type)
            {
                names.Compact(type.Value);
                continue;
            }

            if (names.TermsOf(triple.Predicate).FirstOrDefault(t => Suits(t, triple.Object)) is { } term)
            {
                names.Use(term);
                continue;
            }

            names.Compact(triple.Predicate.Value);
            if (triple.Object is Literal { Language: null } literal && literal.Datatype.Value != Xsd.String && !IsNative(literal))
            {
                names.Compact(literal.Datatype.Value);
            }
        }
    }

    private void WriteContext()
    {
        json.WriteStartObject("@context");
        foreach ((string prefix, string space) in names.UsedPrefixes)
        {
            json.WriteStartObject(prefix);
            json.WriteString("@id", space);
            json.WriteBoolean("@prefix", value: true);
            json.WriteEndObject();
        }

        foreach ((string name, JsonLdTerm term) in names.UsedTerms)
        {
            json.WriteStartObject(name);
            json.WriteString("@id", names.Compact(term.Property));
            switch (term.Kind)
            {
                case JsonLdTermKind.Localised:
                    json.WriteString("@container", "@language");
                    break;
                case JsonLdTermKind.Reference:
                    json.WriteString("@type", "@id");
                    break;
                case JsonLdTermKind.Typed:
                    json.WriteString("@type", names.Compact(term.Datatype!));
                    break;
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteNode(Term subject)
    {
        _written.Add(subject);
        json.WriteStartObject();
        if (subject is Iri iri)
        {
            json.WriteString("@id", iri.Value);
        }
        else if (subject is BlankNode node && graph.References(node) > 0 && !_inPlace.Contains(node))
        {
            json.WriteString("@id", Label(node));
        }

        foreach (IGrouping<Iri, Triple> property in graph.About(subject).GroupBy(t => t.Predicate))
        {
            WriteProperty(property.Key, [.. property.Select(t => t.Object)]);
        }

        json.WriteEndObject();
    }

    private void WriteProperty(Iri property, List<Term> values)
    {
        if (property.Equals(Type) && values.TrueForAll(v => v is Iri))
        {
            WriteSeveral("@type", values, v => json.WriteStringValue(names.Compact(((Iri)v).Value)));
            return;
        }

        foreach (JsonLdTerm term in names.TermsOf(property))
        {
            List<Term> suiting = values.FindAll(v => Suits(term, v));
            values.RemoveAll(v => Suits(term, v));
            if (suiting.Count == 0)
            {
                continue;
            }

            if (term.Kind == JsonLdTermKind.Localised)
            {
                WriteLocalised(term.Name, suiting.ConvertAll(v => (Literal)v));
            }
            else
            {
                WriteSeveral(term.Name, suiting, v => WriteShort(term, v));
            }
        }

        if (values.Count > 0)
        {
            WriteSeveral(names.Compact(property.Value), values, WriteWhole);
        }
    }

    private static bool Suits(JsonLdTerm term, Term value) => (term.Kind, value) switch
    {
        (JsonLdTermKind.Reference, Iri or BlankNode) => true,
        (JsonLdTermKind.Localised, Literal l) => l.Language is not null || l.Datatype.Value == Xsd.String,
        (JsonLdTermKind.Typed, Literal l) => l.Language is null && l.Datatype.Value == term.Datatype,
        (JsonLdTermKind.Plain, Literal { Language: null } l) => l.Datatype.Value == Xsd.String || IsNative(l),
        _ => false,
    };

    private void WriteLocalised(string name, List<Literal> texts)
    {
        json.WriteStartObject(name);
        foreach (IGrouping<string, Literal> language in texts.GroupBy(t => t.Language?.ToLowerInvariant() ?? "@none"))
        {
            WriteSeveral(language.Key, [.. language], v => json.WriteStringValue(((Literal)v).Value));
        }

        json.WriteEndObject();
    }

    private void WriteShort(JsonLdTerm term, Term value)
    {
        switch (value)
        {
            case Iri iri when term.Kind == JsonLdTermKind.Reference:
                json.WriteStringValue(iri.Value);
                break;
            case Literal literal when term.Kind == JsonLdTermKind.Typed:
                json.WriteStringValue(literal.Value);
                break;
            default:
                WriteWhole(value);
                break;
        }
    }

    /// <summary>A value that says itself what it is.</summary>
    private void WriteWhole(Term value)
    {
        switch (value)
        {
            case BlankNode node when _inPlace.Contains(node):
                WriteNode(node);
                break;
            case BlankNode node:
                WriteReference(Label(node));
                break;
            case Iri iri:
                WriteReference(iri.Value);
                break;
            case Literal literal:
                WriteLiteral(literal);
                break;
        }
    }

    private void WriteReference(string name)
    {
        json.WriteStartObject();
        json.WriteString("@id", name);
        json.WriteEndObject();
    }

    private void WriteLiteral(Literal literal)
    {
        if (literal.Language is null && literal.Datatype.Value == Xsd.String)
        {
            json.WriteStringValue(literal.Value);
        }
        else if (IsNative(literal))
        {
            json.WriteRawValue(literal.Value);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("@value", literal.Value);
            json.WriteString(literal.Language is null ? "@type" : "@language", literal.Language ?? names.Compact(literal.Datatype.Value));
            json.WriteEndObject();
        }
    }

    /// <summary>Whether JSON has a value that is read back as this very literal.</summary>
    private static bool IsNative(Literal literal) => literal.Datatype.Value switch
    {
        Xsd.Boolean => literal.Value is "true" or "false",
        Xsd.Integer => long.TryParse(literal.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && Math.Abs((decimal)number) <= LargestExact && literal.Value == number.ToString(CultureInfo.InvariantCulture),
        _ => false,
    };

    private void WriteSeveral<T>(string name, IReadOnlyList<T> values, Action<T> write)
    {
        json.WritePropertyName(name);
        if (values.Count == 1)
        {
            write(values[0]);
            return;
        }

        json.WriteStartArray();
        foreach (T value in values)
        {
            write(value);
        }

        json.WriteEndArray();
    }

    private string Label(BlankNode node) => "_:" + _labels.Of(node);
}
