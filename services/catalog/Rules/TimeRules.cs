using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Rules;

/// <summary>Binary messages can carry times that no calendar has; JSON cannot write them, so they must never be kept.</summary>
internal static class TimeRules
{
    private const long FirstSecond = -62_135_596_800; // 0001-01-01T00:00:00Z
    private const long LastSecond = 253_402_300_799; // 9999-12-31T23:59:59Z
    private const int NanosInASecond = 1_000_000_000;

    public static bool IsValid(Timestamp? time) =>
        time is null || (time.Seconds is >= FirstSecond and <= LastSecond && time.Nanos is >= 0 and < NanosInASecond);

    public static void CheckTime(this Violations violations, string field, Timestamp? time) =>
        violations.Unless(
            IsValid(time),
            field,
            "This is no time: the years 1 to 9999 are allowed, and nanos from 0 to 999999999.",
            "Das ist kein Zeitpunkt: Erlaubt sind die Jahre 1 bis 9999 und nanos von 0 bis 999999999.");
}
