using System.Globalization;

namespace Ecosystem.Grpc.Wire;

/// <summary>The value of <c>grpc-timeout</c>: up to eight digits and a unit (PROTOCOL-HTTP2.md, "Timeout").</summary>
internal static class Timeouts
{
    /// <summary>Longest timeout taken literally; timers do not reach further.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static bool TryParse(string? value, out TimeSpan timeout)
    {
        timeout = default;
        if (value is not { Length: >= 2 and <= 9 } || !uint.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        double? ticks = value[^1] switch
        {
            'n' => amount / 100d,
            'u' => amount * (double)TimeSpan.TicksPerMicrosecond,
            'm' => amount * (double)TimeSpan.TicksPerMillisecond,
            'S' => amount * (double)TimeSpan.TicksPerSecond,
            'M' => amount * (double)TimeSpan.TicksPerMinute,
            'H' => amount * (double)TimeSpan.TicksPerHour,
            _ => null,
        };
        if (ticks is null)
        {
            return false;
        }

        timeout = TimeSpan.FromTicks((long)Math.Min(ticks.Value, Longest.Ticks));
        return true;
    }

    /// <summary>What is left until a deadline: nothing when it has passed, and no more than a timer reaches.</summary>
    public static TimeSpan Until(DateTime deadline, TimeProvider time)
    {
        var left = deadline.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > Longest ? Longest : left;
    }

    /// <summary>The finest unit that fits eight digits; never less than asked for, so that the server does not give up first.</summary>
    public static string Format(TimeSpan timeout)
    {
        const long EightDigits = 99_999_999;
        var ticks = Math.Max(timeout.Ticks, 1);
        foreach (var (unit, ticksPerUnit) in (ReadOnlySpan<(char, long)>)
            [('u', TimeSpan.TicksPerMicrosecond), ('m', TimeSpan.TicksPerMillisecond), ('S', TimeSpan.TicksPerSecond), ('M', TimeSpan.TicksPerMinute)])
        {
            var amount = (ticks + ticksPerUnit - 1) / ticksPerUnit;
            if (amount <= EightDigits)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Min(ticks / TimeSpan.TicksPerHour, EightDigits)}H");
    }
}
