namespace Ecosystem.Odrl;

/// <summary>
/// A date with time, or a date, which stands for the whole day. Without a time zone it may be anything within 14 hours around,
/// so some comparisons have no answer (XML Schema 1.1 part 2, section D.2.1).
/// </summary>
internal readonly record struct Instant(long FirstTick, long LastTick, bool HasZone)
{
    private const long ZoneTolerance = 14 * TimeSpan.TicksPerHour;

    public static Instant Of(DateTimeOffset moment) => new(moment.UtcTicks, moment.UtcTicks, HasZone: true);

    public static bool TryParse(string lexical, out Instant instant)
    {
        instant = default;
        var text = new Scanner(lexical.AsSpan().Trim());
        if (!text.Digits(4, out var year) || !text.Take('-') || !text.Digits(2, out var month) || !text.Take('-') || !text.Digits(2, out var day))
            return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        var hasTime = text.Take('T');
        long timeOfDay = 0;
        if (hasTime && !TryTime(ref text, out timeOfDay))
            return false;
        if (!TryZone(ref text, out var hasZone, out var offset) || !text.IsAtEnd)
            return false;
        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + timeOfDay - offset;
        instant = new(ticks, hasTime ? ticks : ticks + TimeSpan.TicksPerDay - 1, hasZone);
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

    private static bool TryTime(ref Scanner text, out long ticks)
    {
        ticks = 0;
        if (!text.Digits(2, out var hour) || !text.Take(':') || !text.Digits(2, out var minute))
            return false;
        var (second, fraction) = (0, 0L);
        if (text.Take(':') && (!text.Digits(2, out second) || (text.Take('.') && !text.Fraction(out fraction))))
            return false;
        var isEndOfDay = hour == 24 && minute == 0 && second == 0;
        if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 59)
            return false;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }

    private static bool TryZone(ref Scanner text, out bool hasZone, out long offset)
    {
        offset = 0;
        hasZone = text.Take('Z');
        if (hasZone || text.IsAtEnd)
            return true;
        var isWest = text.Take('-');
        if (!isWest && !text.Take('+'))
            return false;
        if (!text.Digits(2, out var hours))
            return false;
        text.Take(':');
        if (!text.Digits(2, out var minutes) || minutes > 59)
            return false;
        offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        if (offset > ZoneTolerance)
            return false;
        offset = isWest ? -offset : offset;
        hasZone = true;
        return true;
    }
}
