using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecosystem.Odrl;

/// <summary>
/// A span of months and seconds. A month has 28 to 31 days, so one month and 30 days have no order: two spans compare only if they do so
/// from each of the four reference dates (XML Schema 1.1 part 2, section 3.3.6).
/// </summary>
internal readonly partial record struct Duration(int Months, decimal Seconds)
{
    private static readonly DateTime[] References =
        [Day(1696, 9), Day(1697, 2), Day(1903, 3), Day(1903, 7)];

    public static bool TryParse(string lexical, out Duration duration)
    {
        duration = default;
        var match = Lexical().Match(lexical.Trim());
        if (!match.Success || lexical.EndsWith('P') || lexical.EndsWith('T'))
            return false;
        decimal Part(string name) => match.Groups[name].Success ? decimal.Parse(match.Groups[name].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;
        var sign = match.Groups["minus"].Success ? -1 : 1;
        var months = (Part("years") * 12) + Part("months");
        if (months > 60_000)
            return false;
        var seconds = (Part("weeks") * 604_800) + (Part("days") * 86_400) + (Part("hours") * 3_600) + (Part("minutes") * 60) + Part("seconds");
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

    /// <summary>The length in days, when it does not depend on the calendar.</summary>
    public decimal? Days => Months == 0 ? Seconds / 86_400 : null;

    private decimal From(DateTime reference) => ((reference.AddMonths(Months).Ticks - reference.Ticks) / (decimal)TimeSpan.TicksPerSecond) + Seconds;

    private static DateTime Day(int year, int month) => new(year, month, 1, 0, 0, 0, DateTimeKind.Utc);

    [GeneratedRegex(@"^(?<minus>-)?P((?<years>\d{1,9})Y)?((?<months>\d{1,9})M)?((?<weeks>\d{1,9})W)?((?<days>\d{1,9})D)?(T((?<hours>\d{1,9})H)?((?<minutes>\d{1,9})M)?((?<seconds>\d{1,9}(\.\d{1,9})?)S)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lexical();
}
