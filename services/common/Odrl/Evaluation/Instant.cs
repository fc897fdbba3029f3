using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecosystem.Odrl;

/// <summary>
/// A date with time, or a date, which stands for the whole day. Without a time zone it may be anything within 14 hours around,
/// so some comparisons have no answer (XML Schema 1.1 part 2, section D.2.1).
/// </summary>
internal readonly partial record struct Instant(long FirstTick, long LastTick, bool HasZone)
{
    private const long ZoneTolerance = 14 * TimeSpan.TicksPerHour;

    public static bool TryParse(string lexical, out Instant instant)
    {
        instant = default;
        var match = Lexical().Match(lexical.Trim());
        if (!match.Success)
            return false;
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var hasTime = match.Groups["hour"].Success;
        var endOfDay = Part("hour") == 24 && Part("minute") == 0 && Part("second") == 0;
        if (Part("year") is 0 || Part("month") is 0 or > 12 || Part("day") is 0 || Part("day") > DateTime.DaysInMonth(Part("year"), Part("month")))
            return false;
        if ((Part("hour") > 23 && !endOfDay) || Part("minute") > 59 || Part("second") > 59)
            return false;
        var ticks = new DateTime(Part("year"), Part("month"), Part("day"), endOfDay ? 0 : Part("hour"), Part("minute"), Part("second"), DateTimeKind.Utc).Ticks
            + (endOfDay ? TimeSpan.TicksPerDay : 0)
            + FractionOf(match.Groups["fraction"].ValueSpan);
        var zone = match.Groups["zone"];
        if (zone.Success && zone.Value is not "Z")
        {
            var offset = (Part("zoneHour") * TimeSpan.TicksPerHour) + (Part("zoneMinute") * TimeSpan.TicksPerMinute);
            if (offset > ZoneTolerance || Part("zoneMinute") > 59)
                return false;
            ticks -= zone.Value[0] is '-' ? -offset : offset;
        }

        instant = new(ticks, hasTime ? ticks : ticks + TimeSpan.TicksPerDay - 1, zone.Success);
        return true;
    }

    /// <summary>Negative when before, positive when after, 0 when the same, null when it cannot be known.</summary>
    public int? CompareTo(Instant other)
    {
        var slack = HasZone == other.HasZone ? 0 : ZoneTolerance;
        if (LastTick + slack < other.FirstTick)
            return -1;
        if (FirstTick - slack > other.LastTick)
            return 1;
        var within = (FirstTick >= other.FirstTick && LastTick <= other.LastTick) || (other.FirstTick >= FirstTick && other.LastTick <= LastTick);
        return slack == 0 && within ? 0 : null;
    }

    private static long FractionOf(ReadOnlySpan<char> digits)
    {
        long ticks = 0;
        for (var place = 0; place < 7; place++)
            ticks = (ticks * 10) + (place < digits.Length ? digits[place] - '0' : 0);
        return ticks;
    }

    [GeneratedRegex(@"^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(T(?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)(\.(?<fraction>\d+))?)?)?(?<zone>Z|[+-](?<zoneHour>\d\d):?(?<zoneMinute>\d\d))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lexical();
}
