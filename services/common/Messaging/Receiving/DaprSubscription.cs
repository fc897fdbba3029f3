using System.Text.Json.Serialization;

namespace Ecosystem.Messaging;

/// <summary>One entry of <c>GET /dapr/subscribe</c>.</summary>
internal sealed record DaprSubscription(
    [property: JsonPropertyName("pubsubname")] string PubSubName,
    string Topic,
    DaprRoutes Routes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeadLetterTopic { get; init; }

    /// <summary>
    /// RabbitMQ gives a queue to one replica at a time, and to the next when that one ends: two at once would overtake each other within a
    /// subject. Brokers that do not know it leave it alone.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["singleActiveConsumer"] = "true" };

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DaprBulkSubscribe? BulkSubscribe { get; init; }

    /// <summary>
    /// Two subscriptions per topic: its events, and what the sidecar gave up delivering. All types go to one route, because a sidecar sends
    /// each route a batch of its own, and so would part what belongs in one order. Types nobody here applies go to a route that acknowledges
    /// them: without a default the sidecar would put each of them on the dead-letter topic.
    /// </summary>
    public static IReadOnlyList<DaprSubscription> Of(SubscriptionList subscriptions, string pubSub) =>
    [
        .. subscriptions.All
            .GroupBy(subscription => EventTopics.Declared(subscription.Event), StringComparer.Ordinal)
            .OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .SelectMany(topic => new[]
            {
                new DaprSubscription(pubSub, topic.Key, new DaprRoutes([.. topic.Select(Rule)], DeliveryEndpoints.UnhandledRoute))
                {
                    DeadLetterTopic = EventTopics.DeadLettersOf(topic.Key),
                    BulkSubscribe = DaprBulkSubscribe.Default,
                },
                new DaprSubscription(pubSub, EventTopics.DeadLettersOf(topic.Key), new DaprRoutes([], DeliveryEndpoints.DeadRoute)),
            }),
    ];

    private static DaprRule Rule(Subscription subscription) => new($"event.type == \"{subscription.Event.FullName}\"", DeliveryEndpoints.Route);
}

internal sealed record DaprBulkSubscribe(bool Enabled, int MaxMessagesCount, int MaxAwaitDurationMs)
{
    /// <summary>A batch waits hardly longer than a save takes, so a lone event is not late.</summary>
    public static readonly DaprBulkSubscribe Default = new(Enabled: true, MaxMessagesCount: 250, MaxAwaitDurationMs: 10);
}

internal sealed record DaprRoutes(IReadOnlyList<DaprRule> Rules, string Default);

internal sealed record DaprRule(string Match, string Path);
