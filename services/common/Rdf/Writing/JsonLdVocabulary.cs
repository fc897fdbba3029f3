namespace Ecosystem.Rdf;

/// <summary>The short names that a document in JSON-LD is to be written with; it carries them in its own context.</summary>
/// <param name="Prefixes">Prefix (without colon) to namespace IRI.</param>
/// <param name="Terms">Names for properties. Several may stand for one property where its values differ in kind. A name
/// stands for one property only: where two claim it, the first has it, and the other property is written with its prefix.</param>
public sealed record JsonLdVocabulary(IReadOnlyDictionary<string, string> Prefixes, IReadOnlyList<JsonLdTerm> Terms)
{
    /// <summary>No short names at all.</summary>
    public static JsonLdVocabulary None { get; } = new(new Dictionary<string, string>(), []);
}

/// <summary>A short name of a property. Values of another kind are written under the property's own name.</summary>
/// <param name="Name">The name, such as <c>title</c>; not a keyword, and without colon or slash.</param>
/// <param name="Property">The IRI of the property.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Datatype">The IRI of the data type where the kind is <see cref="JsonLdTermKind.Typed"/>.</param>
public sealed record JsonLdTerm(string Name, string Property, JsonLdTermKind Kind, string? Datatype = null);

/// <summary>What the values of a term are, so that they can be written without saying it each time.</summary>
public enum JsonLdTermKind
{
    /// <summary>Plain text, whole numbers, truth values.</summary>
    Plain,

    /// <summary>Text by language: <c>{"de": "…", "en": "…"}</c>; text in no language is under <c>@none</c>.</summary>
    Localised,

    /// <summary>Other resources.</summary>
    Reference,

    /// <summary>Literals of one data type.</summary>
    Typed,
}
