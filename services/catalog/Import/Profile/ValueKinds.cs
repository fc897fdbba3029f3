using System.Text.RegularExpressions;
using Ecosystem.Rdf;

namespace Ecosystem.Catalog.Import.Profile;

/// <summary>Kinds of values, and whether a literal is well-formed for its data type (XML Schema 1.1 part 2).</summary>
internal static partial class ValueKinds
{
    public static bool Fits(Term value, string kind) => kind switch
    {
        "any" => true,
        "iri" => value is Iri,
        "node" => value is Iri or BlankNode,
        "literal" => value is Literal,
        "date" => IsTyped(value, "date") || IsTyped(value, "dateTime") || IsTyped(value, "gYear") || IsTyped(value, "gYearMonth"),
        _ => IsTyped(value, kind),
    };

    public static string Describe(string kind) => kind switch
    {
        "iri" => "an IRI",
        "node" => "a resource",
        "literal" => "a text or number",
        "date" => "a date (xsd:date, xsd:dateTime, xsd:gYear or xsd:gYearMonth)",
        _ => $"a valid xsd:{kind}",
    };

    private static bool IsTyped(Term value, string type) =>
        value is Literal literal && literal.Datatype.Value == Xsd.Namespace + type && type switch
        {
            "boolean" => literal.Value is "true" or "false" or "1" or "0",
            "nonNegativeInteger" => NonNegativeInteger().IsMatch(literal.Value),
            "decimal" => Decimal().IsMatch(literal.Value),
            "duration" => Duration().IsMatch(literal.Value),
            "hexBinary" => HexBinary().IsMatch(literal.Value),
            "gYear" => Year().IsMatch(literal.Value),
            "gYearMonth" => YearMonth().IsMatch(literal.Value),
            "date" => Date().IsMatch(literal.Value),
            _ => DateTime().IsMatch(literal.Value),
        };

    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(\+?[0-9]+|-0+)$", Plain, 500)]
    private static partial Regex NonNegativeInteger();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$", Plain, 500)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$", Plain, 500)]
    private static partial Regex Duration();

    [GeneratedRegex("^([0-9a-fA-F]{2})*$", Plain, 500)]
    private static partial Regex HexBinary();

    [GeneratedRegex(@"^-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?$", Plain, 500)]
    private static partial Regex Year();

    [GeneratedRegex(@"^-?[0-9]{4,}-(0[1-9]|1[0-2])(Z|[+-][0-9]{2}:[0-9]{2})?$", Plain, 500)]
    private static partial Regex YearMonth();

    [GeneratedRegex(@"^-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(Z|[+-][0-9]{2}:[0-9]{2})?$", Plain, 500)]
    private static partial Regex Date();

    [GeneratedRegex(@"^-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-4]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$", Plain, 500)]
    private static partial Regex DateTime();
}
