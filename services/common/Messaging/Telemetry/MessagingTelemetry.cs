using System.Diagnostics;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>Spans of source "Ecosystem.Messaging", named after the OpenTelemetry conventions for messaging. No payload, no personal data.</summary>
internal static class MessagingTelemetry
{
    public const string Name = "Ecosystem.Messaging";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The publishing of one event, as a child of the work that published it.</summary>
    public static Activity? StartPublish(OutboxEvent published)
    {
        var current = Activity.Current;
        var activity = Source.StartActivity("publish " + published.Topic, ActivityKind.Producer, Parent(published.TraceParent, published.TraceState));
        Describe(activity, published.Topic, published.Type, published.Id);
        Activity.Current = current; // several are open at once; none is the parent of another
        return activity;
    }

    /// <summary>The handling of one event, as a child of its publishing and linked to the request that delivered it.</summary>
    public static Activity? StartProcess(CloudEvent @event, string topic)
    {
        ActivityLink[] links = Activity.Current is { } request ? [new ActivityLink(request.Context)] : [];
        var activity = Source.StartActivity(
            "process " + topic, ActivityKind.Consumer, Parent(@event.TraceParent, @event.TraceState), tags: null, links);
        Describe(activity, topic, @event.Type, @event.Key.Id);
        return activity;
    }

    private static ActivityContext Parent(string? traceParent, string? traceState) =>
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var context) ? context : default;

    private static void Describe(Activity? activity, string topic, string type, string id) => activity?
        .SetTag("messaging.system", "dapr")
        .SetTag("messaging.destination.name", topic)
        .SetTag("messaging.message.id", id)
        .SetTag("cloudevents.event_type", type);
}
