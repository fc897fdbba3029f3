using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace Ecosystem.Catalog.Harvest;

/// <summary>What a source must say.</summary>
internal static class HarvestRules
{
    public static readonly IReadOnlySet<string> Settable = new HashSet<string>(StringComparer.Ordinal)
    {
        "name", "url", "format", "interval", "license", "holder_id", "default_protection_need", "default_health_categories", "misses_until_withdrawn", "paused",
    };

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void Complete(HarvestSource source)
    {
        source.Interval ??= Duration.FromTimeSpan(TimeSpan.FromDays(1));
        source.MissesUntilWithdrawn = source.MissesUntilWithdrawn == 0 ? 3 : source.MissesUntilWithdrawn;
    }

    public static void Check(HarvestSource source, Violations violations)
    {
        violations.Unless(!string.IsNullOrWhiteSpace(source.Name), "name", "A name is required.", "Ein Name ist nötig.");
        violations.CheckLine("name", source.Name, 300);
        violations.Unless(source.Url.Length > 0, "url", "Say where the catalogue is read.", "Geben Sie an, wo der Katalog zu lesen ist.");
        violations.CheckWebAddress("url", source.Url);
        violations.Unless(Enum.IsDefined(source.Format), "format", "This format is not known.", "Dieses Format ist nicht bekannt.");
        violations.Unless(
            IsInterval(source.Interval),
            "interval",
            "From one run to the next it takes 15 minutes at least and a year at most, for example \"86400s\".",
            "Von einem Lauf zum nächsten vergehen mindestens 15 Minuten und höchstens ein Jahr, zum Beispiel \"86400s\".");
        violations.Unless(
            source.License.Length > 0,
            "license",
            "Name the licence of the descriptions; what may not be passed on is not taken in.",
            "Nennen Sie die Lizenz der Beschreibungen; was nicht weitergegeben werden darf, wird nicht übernommen.");
        violations.CheckIri("license", source.License);
        violations.Unless(
            !string.IsNullOrWhiteSpace(source.HolderId),
            "holder_id",
            "Say under which organisation the data sets are registered.",
            "Geben Sie an, unter welcher Organisation die Datenbestände geführt werden.");
        violations.CheckLine("holder_id", source.HolderId, 200);
        violations.Unless(Enum.IsDefined(source.DefaultProtectionNeed), "default_protection_need", "This protection need is not known.", "Dieser Schutzbedarf ist nicht bekannt.");
        violations.CheckIris("default_health_categories", source.DefaultHealthCategories);
        violations.Unless(
            source.MissesUntilWithdrawn is >= 1 and <= 100,
            "misses_until_withdrawn",
            "Between 1 and 100 misses are allowed for.",
            "Erlaubt sind 1 bis 100 vergebliche Läufe.");
    }

    private static bool IsInterval(Duration interval) =>
        Math.Abs(interval.Seconds) < 400L * 86_400 && interval.Nanos is >= 0 and < 1_000_000_000
        && interval.ToTimeSpan() is var span && span >= Shortest && span <= Longest;
}
