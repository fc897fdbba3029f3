using System.Text.Json;

namespace Ecosystem.Odrl;

/// <summary>Reads names and values in the many ways JSON-LD can state them.</summary>
internal sealed class TermReader(TermResolver terms)
{
    public string? Identifier(OdrlNode node) =>
        (node["uid"] ?? node["@id"]) is { } id ? Iri(id.Single()) : null;

    /// <summary>An IRI, stated as text or as a reference.</summary>
    public string Iri(Place place) => terms.Expand(NameOf(place));

    /// <summary>A term of a vocabulary, stated as a bare name, a prefixed name, an IRI or a reference.</summary>
    public string Vocabulary(Place place)
    {
        var iri = terms.ExpandVocabulary(NameOf(place));
        return iri[^1] is not ('/' or '#' or ':')
            ? iri
            : throw place.Problem("Hinter dem Präfix fehlt der Name des Begriffs.", "The name of the term is missing behind its prefix.");
    }

    /// <summary>A right operand. Prefixes are expanded in references, and in texts where the left operand takes a concept.</summary>
    public OdrlValue Value(Place place, string? dataType, bool takesConcept)
    {
        var value = place.Element.ValueKind switch
        {
            JsonValueKind.String => new OdrlValue(takesConcept ? terms.Expand(place.Text) : place.Text, dataType),
            JsonValueKind.Number => new OdrlValue(place.Element.GetRawText(), dataType ?? NumberType(place)),
            JsonValueKind.True => new OdrlValue("true", dataType ?? OdrlTerms.Xsd + "boolean"),
            JsonValueKind.False => new OdrlValue("false", dataType ?? OdrlTerms.Xsd + "boolean"),
            JsonValueKind.Object => FromObject(place, dataType, takesConcept),
            _ => throw place.Problem("Hier wird ein Wert erwartet.", "A value is expected here."),
        };
        return LiteralTypes.IsWellFormed(value)
            ? value
            : throw place.Problem(
                $"„{value.Lexical}“ ist kein gültiger Wert des Typs {ShortType(value)}.",
                $"'{value.Lexical}' is not a valid value of the type {ShortType(value)}.");
    }

    private OdrlValue FromObject(Place place, string? dataType, bool takesConcept)
    {
        if (place.Property("@value") is { } literal)
        {
            var stated = place.Property("@type") is { IsString: true } type ? TypeIri(type.Text) : dataType;
            return Value(literal, stated, takesConcept);
        }

        return OdrlValue.Iri(terms.Expand(NameOf(place)));
    }

    internal string TypeIri(string name)
    {
        var iri = terms.Expand(name);
        return iri.Contains(':', StringComparison.Ordinal) ? iri : OdrlTerms.Xsd + iri;
    }

    private static string NameOf(Place place)
    {
        if (place.IsString && !string.IsNullOrWhiteSpace(place.Text))
            return place.Text;
        if ((place.Property("@id") ?? place.Property("uid") ?? place.Property("id") ?? place.Property("odrl:uid") ?? place.Property("@value")) is { } inner)
            return NameOf(inner.Single());
        throw place.Problem("Hier wird eine Kennung (IRI) erwartet.", "An identifier (IRI) is expected here.");
    }

    private static string NumberType(Place place) =>
        OdrlTerms.Xsd + (place.Element.TryGetInt64(out _) ? "integer" : "decimal");

    private static string ShortType(OdrlValue value) =>
        value.DataType?.Replace(OdrlTerms.Xsd, "xsd:", StringComparison.Ordinal) ?? "?";
}
