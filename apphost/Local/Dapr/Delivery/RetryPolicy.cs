using System.Globalization;
using System.Text.RegularExpressions;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>How often and after which pauses a delivery is repeated, with the defaults of Dapr's resiliency policies.</summary>
internal sealed partial record RetryPolicy
{
    /// <summary>What Dapr does without a policy: one attempt.</summary>
    public static readonly RetryPolicy Never = new() { MaxRetries = 0 };

    private const double Multiplier = 1.5;
    private static readonly TimeSpan InitialInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Attempts after the first; -1 means without end.</summary>
    public required int MaxRetries { get; init; }

    public bool Exponential { get; init; }

    /// <summary>The pause of a constant policy.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause of an exponential policy.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the app may take to answer; null means as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>When deliveries are not even attempted; null means that they always are.</summary>
    public CircuitBreakerPolicy? Breaker { get; init; }

    /// <summary>The policy that applies to messages of a component, from the resiliency resources that name it.</summary>
    /// <exception cref="InvalidDataException">A target names a policy that is not declared, or a value is not understood.</exception>
    public static RetryPolicy Inbound(string component, IEnumerable<ResiliencyResource> resiliencies)
    {
        var policy = Never;
        foreach (var spec in resiliencies.Select(r => r.Spec))
        {
            if (!spec.Targets.Components.TryGetValue(component, out var target) || target.Inbound is null)
            {
                continue;
            }

            if (Named(spec.Policies.Retries, target.Inbound.Retry, "retry policy", component) is { } retry)
            {
                policy = From(retry) with { Timeout = policy.Timeout, Breaker = policy.Breaker };
            }

            if (Named(spec.Policies.Timeouts, target.Inbound.Timeout, "timeout", component) is { } timeout)
            {
                policy = policy with { Timeout = ParseDuration(timeout) };
            }

            if (Named(spec.Policies.CircuitBreakers, target.Inbound.CircuitBreaker, "circuit breaker", component) is { } breaker)
            {
                policy = policy with { Breaker = CircuitBreakerPolicy.From(breaker) };
            }
        }

        return policy;
    }

    public bool Allows(int retry) => MaxRetries < 0 || retry <= MaxRetries;

    /// <summary>The pause before the given retry, counted from 1.</summary>
    public TimeSpan PauseBefore(int retry)
    {
        if (!Exponential)
        {
            return Duration;
        }

        var pause = InitialInterval.TotalMilliseconds * Math.Pow(Multiplier, Math.Min(retry - 1, 64));
        return TimeSpan.FromMilliseconds(Math.Min(pause, MaxInterval.TotalMilliseconds));
    }

    /// <summary>Reads a duration as Go writes it: <c>5s</c>, <c>200ms</c>, <c>1m30s</c>.</summary>
    public static TimeSpan ParseDuration(string text)
    {
        var parts = DurationPart().Matches(text);
        if (parts.Count == 0 || parts.Sum(p => p.Length) != text.Length)
        {
            throw new InvalidDataException($"'{text}' is not a duration such as 200ms, 5s or 1m30s.");
        }

        return parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + (part.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromHours(1),
        } * double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture)));
    }

    private static T? Named<T>(Dictionary<string, T> policies, string? name, string what, string component)
        where T : class =>
        name is null ? null
        : policies.GetValueOrDefault(name) ?? throw new InvalidDataException($"component '{component}' names the {what} '{name}', which is not declared.");

    private static RetryPolicy From(RetrySpec spec) => new()
    {
        MaxRetries = spec.MaxRetries,
        Exponential = spec.Policy switch
        {
            "exponential" => true,
            "constant" => false,
            _ => throw new InvalidDataException($"retry policy '{spec.Policy}' is neither 'constant' nor 'exponential'."),
        },
        Duration = spec.Duration is { } duration ? ParseDuration(duration) : TimeSpan.FromSeconds(5),
        MaxInterval = spec.MaxInterval is { } longest ? ParseDuration(longest) : TimeSpan.FromSeconds(60),
    };

    [GeneratedRegex("(?<number>[0-9]+([.][0-9]+)?)(?<unit>ms|s|m|h)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DurationPart();
}
