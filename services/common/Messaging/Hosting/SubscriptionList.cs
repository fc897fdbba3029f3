using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Messaging;

internal delegate Task HandlerCall(IServiceProvider services, IMessage @event, EventContext context, CancellationToken ct);

/// <summary>One handler and what happens when it fails.</summary>
internal sealed record EventHandling(FailurePolicy OnFailure, HandlerCall Call);

/// <summary>One kind of event and those who apply it, in the order they were declared.</summary>
internal sealed record Subscription(MessageDescriptor Event, IReadOnlyList<EventHandling> Handlers);

internal sealed class SubscriptionList
{
    private readonly List<Subscription> _subscriptions = [];

    public IReadOnlyList<Subscription> All => _subscriptions;

    public Subscription? Of(string type) => _subscriptions.Find(subscription => subscription.Event.FullName == type);

    public void Add(MessageDescriptor @event, EventHandling handling)
    {
        EventTopics.Declared(@event); // refused here rather than when the first event arrives
        var at = _subscriptions.FindIndex(known => known.Event.FullName == @event.FullName);
        if (at < 0)
            _subscriptions.Add(new Subscription(@event, [handling]));
        else
            _subscriptions[at] = _subscriptions[at] with { Handlers = [.. _subscriptions[at].Handlers, handling] };
    }
}
