using System.Globalization;
using System.Text.RegularExpressions;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>When a circuit breaker opens and for how long, with Dapr's defaults.</summary>
internal sealed partial record CircuitBreakerPolicy
{
    /// <summary>How many may be tried while it is half open.</summary>
    public int MaxRequests { get; init; } = 1;

    /// <summary>How long failures count while it is closed; zero means without end.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How long it stays open.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>consecutiveFailures</c>, <c>totalFailures</c> or <c>requests</c>.</summary>
    public string Counter { get; init; } = "consecutiveFailures";

    /// <summary>It opens when the counter reaches this.</summary>
    public int Threshold { get; init; } = 6;

    public bool Trips(int requests, int totalFailures, int consecutiveFailures) => Threshold <= Counter switch
    {
        "requests" => requests,
        "totalFailures" => totalFailures,
        _ => consecutiveFailures,
    };

    /// <exception cref="InvalidDataException">A value is not understood.</exception>
    public static CircuitBreakerPolicy From(CircuitBreakerSpec spec)
    {
        var policy = new CircuitBreakerPolicy
        {
            MaxRequests = Math.Max(1, spec.MaxRequests),
            Interval = spec.Interval is { } interval ? RetryPolicy.ParseDuration(interval) : TimeSpan.Zero,
            Timeout = spec.Timeout is { } timeout ? RetryPolicy.ParseDuration(timeout) : TimeSpan.FromSeconds(60),
        };
        if (spec.Trip is not { Length: > 0 } trip)
        {
            return policy;
        }

        if (Comparison().Match(trip) is not { Success: true } read)
        {
            throw new InvalidDataException($"trip '{trip}' is not of the form 'consecutiveFailures > 5' (or totalFailures, requests; > or >=).");
        }

        var number = int.Parse(read.Groups["number"].Value, CultureInfo.InvariantCulture);
        return policy with { Counter = read.Groups["counter"].Value, Threshold = read.Groups["or"].Length > 0 ? number : number + 1 };
    }

    [GeneratedRegex(@"^\s*(?<counter>consecutiveFailures|totalFailures|requests)\s*>(?<or>=?)\s*(?<number>[0-9]{1,6})\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();
}
