namespace Ecosystem.Odrl;

/// <summary>Which family a data type belongs to, and whether a literal is well-formed.</summary>
internal static class LiteralTypes
{
    public static ValueKind? KindOf(string? dataType)
    {
        if (dataType is null || !dataType.StartsWith(OdrlTerms.Xsd, StringComparison.Ordinal))
            return null;
        return dataType[OdrlTerms.Xsd.Length..].ToLowerInvariant() switch
        {
            "datetime" or "datetimestamp" or "date" => ValueKind.Instant,
            "duration" or "daytimeduration" or "yearmonthduration" => ValueKind.Duration,
            "integer" or "decimal" or "double" or "float" or "int" or "long" or "short" or "byte"
                or "nonnegativeinteger" or "positiveinteger" or "nonpositiveinteger" or "negativeinteger"
                or "unsignedint" or "unsignedlong" or "unsignedshort" or "unsignedbyte" => ValueKind.Number,
            _ => null,
        };
    }

    public static bool IsWellFormed(OdrlValue value) => value.Lexical.StartsWith('?') || KindOf(value.DataType) switch
    {
        ValueKind.Instant => Instant.TryParse(value.Lexical, out _),
        ValueKind.Duration => Duration.TryParse(value.Lexical, out _),
        ValueKind.Number => Values.TryNumber(value.Lexical, out _),
        _ => true,
    };
}
