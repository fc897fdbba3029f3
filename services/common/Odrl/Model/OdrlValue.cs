using System.Globalization;

namespace Ecosystem.Odrl;

/// <summary>A value as written in a policy or observed in the world: an IRI or a literal.</summary>
/// <param name="Lexical">The characters.</param>
/// <param name="DataType">The literal's data type, an IRI such as <c>http://www.w3.org/2001/XMLSchema#dateTime</c>; null when not stated.</param>
/// <param name="IsIri">Whether the value is an IRI rather than a literal.</param>
public sealed record OdrlValue(string Lexical, string? DataType = null, bool IsIri = false)
{
    /// <summary>A value that names something.</summary>
    /// <param name="iri">The IRI.</param>
    /// <returns>The value.</returns>
    public static OdrlValue Iri(string iri) => new(iri, null, IsIri: true);

    /// <summary>A text.</summary>
    /// <param name="text">The characters.</param>
    /// <returns>The value.</returns>
    public static OdrlValue Text(string text) => new(text);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The value.</returns>
    public static OdrlValue Number(long number) =>
        new(number.ToString(CultureInfo.InvariantCulture), OdrlTerms.Xsd + "integer");

    /// <summary>An instant.</summary>
    /// <param name="instant">The instant; its offset is kept.</param>
    /// <returns>The value.</returns>
    public static OdrlValue Instant(DateTimeOffset instant) =>
        new(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture), OdrlTerms.Xsd + "dateTime");

    /// <inheritdoc/>
    public override string ToString() => Lexical;
}
