using System.Text.Json.Serialization;

namespace Ecosystem.Messaging;

/// <summary>One entry of <c>GET /dapr/subscribe</c>.</summary>
internal sealed record DaprSubscription(
    [property: JsonPropertyName("pubsubname")] string PubSubName,
    string Topic,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeadLetterTopic,
    DaprRoutes Routes)
{
    /// <summary>
    /// Two subscriptions per topic: its events, one rule per type, and what the sidecar gave up delivering. Types nobody here applies go to a
    /// route that acknowledges them: without a default the sidecar would put each of them on the dead-letter topic.
    /// </summary>
    public static IReadOnlyList<DaprSubscription> Of(SubscriptionList subscriptions, string pubSub) =>
    [
        .. subscriptions.All
            .GroupBy(subscription => EventTopics.Declared(subscription.Event), StringComparer.Ordinal)
            .OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .SelectMany(topic => new[]
            {
                new DaprSubscription(
                    pubSub, topic.Key, EventTopics.DeadLettersOf(topic.Key), new DaprRoutes([.. topic.Select(Rule)], DeliveryEndpoints.UnhandledRoute)),
                new DaprSubscription(
                    pubSub, EventTopics.DeadLettersOf(topic.Key), DeadLetterTopic: null, new DaprRoutes([], DeliveryEndpoints.DeadRoute)),
            }),
    ];

    private static DaprRule Rule(Subscription subscription) => new(
        $"event.type == \"{subscription.Event.FullName}\"", $"{DeliveryEndpoints.Route}/{subscription.Event.FullName}");
}

internal sealed record DaprRoutes(IReadOnlyList<DaprRule> Rules, string Default);

internal sealed record DaprRule(string Match, string Path);
