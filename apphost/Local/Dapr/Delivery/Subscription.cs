using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Resources;
using Ecosystem.AppHost.Local.Dapr.Routing;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>What one app wants of one topic and where it wants it.</summary>
internal sealed record Subscription
{
    public const int DefaultBatch = 100;

    public required string PubSub { get; init; }

    public required string Topic { get; init; }

    /// <summary>In order; the first that fits wins. A rule without expression fits every event.</summary>
    public required IReadOnlyList<(MatchExpression? Match, string Path)> Rules { get; init; }

    public string? DeadLetterTopic { get; init; }

    public bool Raw { get; init; }

    /// <summary>How many messages come in one request; null means one by one.</summary>
    public int? Batch { get; init; }

    /// <summary>How long the first message of a batch waits for others.</summary>
    public TimeSpan Linger { get; init; }

    /// <summary>The subscription as it was declared: two with the same text are the same.</summary>
    public required string Declaration { get; init; }

    public ConsumedTopic Subject => new(Topic, Metadata);

    /// <summary><c>PROGRAMMATIC</c> or <c>DECLARATIVE</c>, as metadata shows it.</summary>
    public required string Type { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <exception cref="MatchSyntaxException">A rule is outside of the supported subset.</exception>
    /// <exception cref="InvalidDataException">Something needed is missing.</exception>
    public static Subscription From(SubscriptionSpec spec, string type)
    {
        if (spec.Pubsubname.Length == 0 || spec.Topic.Length == 0)
        {
            throw new InvalidDataException("a subscription needs 'pubsubname' and 'topic'.");
        }

        var rules = new List<(MatchExpression?, string)>();
        foreach (var rule in spec.Routes?.Rules ?? [])
        {
            rules.Add((string.IsNullOrWhiteSpace(rule.Match) ? null : MatchExpression.Parse(rule.Match), rule.Path));
        }

        if ((spec.Routes?.Default is { Length: > 0 } path ? path : spec.Route) is { Length: > 0 } fallback)
        {
            rules.Add((null, fallback));
        }

        if (rules.Count == 0)
        {
            throw new InvalidDataException($"the subscription to '{spec.Topic}' has neither 'route' nor 'routes'.");
        }

        return new Subscription
        {
            PubSub = spec.Pubsubname,
            Topic = spec.Topic,
            Rules = rules,
            DeadLetterTopic = string.IsNullOrEmpty(spec.DeadLetterTopic) ? null : spec.DeadLetterTopic,
            Raw = spec.Metadata?.GetValueOrDefault("rawPayload")?.Trim('"') == "true",
            Batch = spec.BulkSubscribe is { Enabled: true } bulk ? Math.Clamp(bulk.MaxMessagesCount ?? DefaultBatch, 1, 1000) : null,
            Linger = TimeSpan.FromMilliseconds(Math.Clamp(spec.BulkSubscribe?.MaxAwaitDurationMs ?? 0, 0, 60_000)),
            Declaration = JsonSerializer.Serialize(spec),
            Type = type,
            Metadata = spec.Metadata ?? [],
        };
    }

    /// <summary>The path for an event, null when no rule fits.</summary>
    public string? PathFor(JsonObject cloudEvent)
    {
        foreach (var (match, path) in Rules)
        {
            if (match is null || match.Fits(cloudEvent))
            {
                return path;
            }
        }

        return null;
    }
}
