using System.Collections.Frozen;

namespace Ecosystem.Odrl;

/// <summary>Which family a data type belongs to, and whether a literal is well-formed.</summary>
internal static class LiteralTypes
{
    private static readonly FrozenDictionary<string, ValueKind>.AlternateLookup<ReadOnlySpan<char>> Kinds = KnownKinds()
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static ValueKind? KindOf(string? dataType) =>
        dataType is not null && dataType.StartsWith(OdrlTerms.Xsd, StringComparison.Ordinal) && Kinds.TryGetValue(dataType.AsSpan(OdrlTerms.Xsd.Length), out var kind)
            ? kind
            : null;

    public static bool IsWellFormed(OdrlValue value) => value.Lexical.StartsWith('?') || KindOf(value.DataType) switch
    {
        ValueKind.Instant => Instant.TryParse(value.Lexical, out _),
        ValueKind.Duration => Duration.TryParse(value.Lexical, out _),
        ValueKind.Number => Values.TryNumber(value.Lexical, out _),
        _ => true,
    };

    private static IEnumerable<KeyValuePair<string, ValueKind>> KnownKinds()
    {
        (ValueKind Kind, string[] Names)[] known =
        [
            (ValueKind.Instant, ["dateTime", "dateTimeStamp", "date"]),
            (ValueKind.Duration, ["duration", "dayTimeDuration", "yearMonthDuration"]),
            (ValueKind.Number,
            [
                "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
                "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
            ]),
        ];
        return known.SelectMany(row => row.Names, (row, name) => KeyValuePair.Create(name, row.Kind));
    }
}
