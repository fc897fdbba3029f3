namespace Ecosystem.Odrl;

/// <summary>
/// A span of months and seconds. A month has 28 to 31 days, so one month and 30 days have no order: two spans compare only if they do so
/// from each of the four reference dates (XML Schema 1.1 part 2, section 3.3.6).
/// </summary>
internal readonly record struct Duration(int Months, decimal Seconds)
{
    private static readonly DateTime[] References =
        [Day(1696, 9), Day(1697, 2), Day(1903, 3), Day(1903, 7)];

    /// <summary>The length in days, when it does not depend on the calendar.</summary>
    public decimal? Days => Months == 0 ? Seconds / 86_400 : null;

    public static bool TryParse(string lexical, out Duration duration)
    {
        duration = default;
        var text = new Scanner(lexical.AsSpan().Trim());
        var sign = text.Take('-') ? -1 : 1;
        if (!text.Take('P'))
            return false;
        var (months, seconds, designator) = (0L, 0m, -1);
        while (!text.IsAtEnd && !text.Take('T'))
        {
            if (!text.UpToNineDigits(out var number) || !TryDesignator(ref text, "YMWD", ref designator))
                return false;
            months += designator switch { 0 => number * 12L, 1 => number, _ => 0 };
            seconds += designator switch { 2 => number * 604_800m, 3 => number * 86_400m, _ => 0 };
        }

        if ((designator < 0 || lexical.AsSpan().TrimEnd()[^1] == 'T') && text.IsAtEnd)
            return false;
        designator = -1;
        while (!text.IsAtEnd)
        {
            if (!text.UpToNineDigits(out var number))
                return false;
            var fraction = 0L;
            var isFractional = text.Take('.');
            if ((isFractional && !text.Fraction(out fraction)) || !TryDesignator(ref text, "HMS", ref designator) || (isFractional && designator != 2))
                return false;
            seconds += designator switch { 0 => number * 3_600m, 1 => number * 60m, _ => number + (fraction / (decimal)TimeSpan.TicksPerSecond) };
        }

        if (months > 60_000)
            return false;
        duration = new(sign * (int)months, sign * seconds);
        return true;
    }

    public int? CompareTo(Duration other)
    {
        if (Months == other.Months)
            return Seconds.CompareTo(other.Seconds);
        int? order = null;
        foreach (var reference in References)
        {
            var here = From(reference).CompareTo(other.From(reference));
            if (order is not null && order != here)
                return null;
            order = here;
        }

        return order;
    }

    /// <summary>Each designator may come once, in the order of the standard.</summary>
    private static bool TryDesignator(ref Scanner text, ReadOnlySpan<char> order, ref int last)
    {
        for (var next = last + 1; next < order.Length; next++)
        {
            if (text.Take(order[next]))
            {
                last = next;
                return true;
            }
        }

        return false;
    }

    private decimal From(DateTime reference) => ((reference.AddMonths(Months).Ticks - reference.Ticks) / (decimal)TimeSpan.TicksPerSecond) + Seconds;

    private static DateTime Day(int year, int month) => new(year, month, 1, 0, 0, 0, DateTimeKind.Utc);
}
