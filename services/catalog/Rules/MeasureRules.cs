using System.Text.RegularExpressions;

namespace Ecosystem.Catalog.Rules;

/// <summary>Rules for numbers and durations.</summary>
internal static partial class MeasureRules
{
    public static void CheckNotNegative(this Violations violations, string field, double value) =>
        violations.Unless(value >= 0 && double.IsFinite(value), field, "It cannot be negative.", "Der Wert kann nicht negativ sein.");

    public static void CheckShare(this Violations violations, string field, bool isStated, double value) =>
        violations.Unless(
            !isStated || value is >= 0 and <= 1,
            field,
            "A share lies between 0 and 1, for example 0.95.",
            "Ein Anteil liegt zwischen 0 und 1, zum Beispiel 0.95.");

    public static void CheckDuration(this Violations violations, string field, string value) =>
        violations.Unless(
            value.Length == 0 || Duration().IsMatch(value),
            field,
            $"'{FieldRules.Shorten(value)}' is not an ISO 8601 duration, such as P1D (a day), P1M (a month) or PT15M (15 minutes).",
            $"'{FieldRules.Shorten(value)}' ist keine Dauer nach ISO 8601, wie P1D (ein Tag), P1M (ein Monat) oder PT15M (15 Minuten).");

    // xsd:duration without sign: at least one part, and at least one after T.
    [GeneratedRegex("^P(?=[0-9T])([0-9]{1,9}Y)?([0-9]{1,9}M)?([0-9]{1,9}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}(\\.[0-9]{1,9})?S)?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Duration();
}
