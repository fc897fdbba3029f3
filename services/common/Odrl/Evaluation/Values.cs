using System.Globalization;

namespace Ecosystem.Odrl;

/// <summary>Typed comparison of values: numbers as numbers, instants across time zones, durations by calendar, all else as text.</summary>
internal static class Values
{
    /// <summary>The order of two values: negative, 0, positive, or null when they have none.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    /// <param name="usual">How values of the left operand compare when their data types do not say.</param>
    public static int? Compare(OdrlValue left, OdrlValue right, ValueKind usual)
    {
        switch (CommonKind(left, right, usual))
        {
            case ValueKind.Instant:
                return Instant.TryParse(left.Lexical, out var one) && Instant.TryParse(right.Lexical, out var other) ? one.CompareTo(other) : null;
            case ValueKind.Duration:
                return Duration.TryParse(left.Lexical, out var span) && Duration.TryParse(right.Lexical, out var otherSpan) ? span.CompareTo(otherSpan) : null;
            case ValueKind.Number:
                return TryNumber(left.Lexical, out var number) && TryNumber(right.Lexical, out var otherNumber) ? number.CompareTo(otherNumber) : null;
            default:
                return null;
        }
    }

    /// <summary>Whether two values are the same; null when that cannot be known.</summary>
    public static bool? AreEqual(OdrlValue left, OdrlValue right, ValueKind usual)
    {
        if (CommonKind(left, right, usual) is ValueKind.Instant or ValueKind.Duration or ValueKind.Number)
            return Compare(left, right, usual) is { } order ? order == 0 : left.Lexical == right.Lexical ? true : null;
        return string.Equals(left.Lexical, right.Lexical, StringComparison.Ordinal);
    }

    public static bool TryNumber(string lexical, out decimal number) =>
        decimal.TryParse(lexical.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);

    private static ValueKind CommonKind(OdrlValue left, OdrlValue right, ValueKind usual)
    {
        var leftKind = LiteralTypes.KindOf(left.DataType);
        var rightKind = LiteralTypes.KindOf(right.DataType);
        if ((leftKind ?? rightKind) is not { } kind)
            return usual is ValueKind.Any && TryNumber(left.Lexical, out _) && TryNumber(right.Lexical, out _) ? ValueKind.Number : usual;
        return leftKind is null || rightKind is null || leftKind == rightKind ? kind : ValueKind.Any;
    }
}
