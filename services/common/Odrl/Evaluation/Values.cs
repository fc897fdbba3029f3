using System.Globalization;

namespace Ecosystem.Odrl;

/// <summary>A value with what it means as an instant, a span and a number, so that comparing it again costs no parsing.</summary>
internal readonly struct ParsedValue
{
    private ParsedValue(string lexical, ValueKind? declared, Instant? instant, Duration? duration, decimal? number) =>
        (Lexical, Declared, Instant, Duration, Number) = (lexical, declared, instant, duration, number);

    public string Lexical { get; }

    /// <summary>What the data type says; null when it says nothing.</summary>
    public ValueKind? Declared { get; }

    public Instant? Instant { get; }

    public Duration? Duration { get; }

    public decimal? Number { get; }

    public static ParsedValue Of(OdrlValue value) => new(
        value.DataType == OdrlTerms.Xsd + "boolean" ? Boolean(value.Lexical) : value.Lexical,
        LiteralTypes.KindOf(value.DataType),
        Odrl.Instant.TryParse(value.Lexical, out var instant) ? instant : null,
        Odrl.Duration.TryParse(value.Lexical, out var duration) ? duration : null,
        Values.TryNumber(value.Lexical, out var number) ? number : null);

    /// <summary>A value that is compared as one of a kind: concepts are not parsed at all.</summary>
    public static ParsedValue Of(OdrlValue value, ValueKind usual) => usual is ValueKind.Concept ? new(value.Lexical, null, null, null, null) : Of(value);

    public static ParsedValue Of(Instant instant) => new("", ValueKind.Instant, instant, null, null);

    // Two of the four ways to write a truth value mean the same (XML Schema 1.1 part 2, section 3.3.2).
    private static string Boolean(string lexical) => lexical switch { "1" => "true", "0" => "false", _ => lexical };
}

/// <summary>Typed comparison of values: numbers as numbers, instants across time zones, durations by calendar, all else as text.</summary>
internal static class Values
{
    /// <summary>The order of two values: negative, 0, positive, or null when they have none.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    /// <param name="usual">How values of the left operand compare when their data types do not say.</param>
    public static int? Compare(in ParsedValue left, in ParsedValue right, ValueKind usual) => CommonKind(left, right, usual) switch
    {
        ValueKind.Instant => left.Instant is { } one && right.Instant is { } other ? one.CompareTo(other) : null,
        ValueKind.Duration => left.Duration is { } one && right.Duration is { } other ? one.CompareTo(other) : null,
        ValueKind.Number => left.Number is { } one && right.Number is { } other ? one.CompareTo(other) : null,
        _ => null,
    };

    /// <summary>Whether two values are the same; null when that cannot be known.</summary>
    public static bool? AreEqual(in ParsedValue left, in ParsedValue right, ValueKind usual)
    {
        if (CommonKind(left, right, usual) is ValueKind.Instant or ValueKind.Duration or ValueKind.Number)
            return Compare(left, right, usual) is { } order ? order == 0 : left.Lexical == right.Lexical ? true : null;
        return string.Equals(left.Lexical, right.Lexical, StringComparison.Ordinal);
    }

    public static bool TryNumber(string lexical, out decimal number) =>
        decimal.TryParse(lexical.AsSpan().Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);

    private static ValueKind CommonKind(in ParsedValue left, in ParsedValue right, ValueKind usual)
    {
        if ((left.Declared ?? right.Declared) is not { } kind)
            return usual is ValueKind.Any && left.Number is not null && right.Number is not null ? ValueKind.Number : usual;
        return left.Declared is null || right.Declared is null || left.Declared == right.Declared ? kind : ValueKind.Any;
    }
}
