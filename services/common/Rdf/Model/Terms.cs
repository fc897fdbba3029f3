using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rdf;

/// <summary>A node or arc of a graph: an <see cref="Iri"/>, a <see cref="BlankNode"/> or a <see cref="Literal"/> (RDF 1.1 Concepts, section 3).</summary>
public abstract class Term
{
    private protected Term()
    {
    }
}

/// <summary>An absolute IRI, compared character by character as RDF 1.1 Concepts section 3.2 asks; nothing is normalised.</summary>
public sealed class Iri : Term, IEquatable<Iri>
{
    /// <summary>Names a resource.</summary>
    /// <param name="value">The whole IRI, without angle brackets.</param>
    public Iri(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    /// <summary>The IRI as text.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Iri? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Iri);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"<{Value}>";
}

/// <summary>
/// A node without a name. It is equal only to itself, so graphs read from different documents merge without their labels clashing;
/// writers give it a label when they need one.
/// </summary>
public sealed class BlankNode : Term
{
    /// <inheritdoc/>
    public override string ToString() => "[]";
}

/// <summary>A value: text with a data type, or text in a language (RDF 1.1 Concepts, section 3.3).</summary>
public sealed class Literal : Term, IEquatable<Literal>
{
    private static readonly Iri PlainText = new(Xsd.String);
    private static readonly Iri LocalisedText = new(RdfSyntax.LangString);

    /// <summary>Plain text (<c>xsd:string</c>).</summary>
    public Literal(string value)
        : this(value, PlainText)
    {
    }

    /// <summary>A typed value. The lexical form is kept as written, whether or not it is valid for the type.</summary>
    public Literal(string value, Iri datatype)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(datatype);
        Value = value;
        Datatype = datatype;
    }

    /// <summary>Text in a language.</summary>
    /// <param name="value">The text.</param>
    /// <param name="language">A BCP 47 tag such as <c>de</c>; compared without regard to case.</param>
    public Literal(string value, string language)
        : this(value, LocalisedText)
    {
        ArgumentException.ThrowIfNullOrEmpty(language);
        Language = language;
    }

    /// <summary>The lexical form.</summary>
    public string Value { get; }

    /// <summary>The data type; <c>rdf:langString</c> when there is a language.</summary>
    public Iri Datatype { get; }

    /// <summary>The language tag as written, or null.</summary>
    public string? Language { get; }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Literal? other) =>
        other is not null
        && Value == other.Value
        && Datatype.Equals(other.Datatype)
        && string.Equals(Language, other.Language, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Literal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Value.GetHashCode(StringComparison.Ordinal),
        Datatype,
        Language?.GetHashCode(StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Language is null ? $"\"{Value}\"^^{Datatype}" : $"\"{Value}\"@{Language}";
}
