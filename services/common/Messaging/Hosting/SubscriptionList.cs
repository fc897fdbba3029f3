using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Messaging;

internal delegate Task HandlerCall(IServiceProvider services, IMessage @event, EventContext context, CancellationToken ct);

/// <summary>One kind of event and those who apply it, in the order they were declared.</summary>
internal sealed record Subscription(MessageDescriptor Event, IReadOnlyList<HandlerCall> Handlers);

internal sealed class SubscriptionList
{
    private readonly List<Subscription> _subscriptions = [];

    public IReadOnlyList<Subscription> All => _subscriptions;

    public Subscription? Of(string type) => _subscriptions.Find(subscription => subscription.Event.FullName == type);

    public void Add<TEvent>(MessageDescriptor descriptor, HandlerCall handler)
        where TEvent : IMessage<TEvent>, new()
    {
        var at = _subscriptions.FindIndex(known => known.Event.FullName == descriptor.FullName);
        if (at < 0)
            _subscriptions.Add(new Subscription(descriptor, [handler]));
        else
            _subscriptions[at] = _subscriptions[at] with { Handlers = [.. _subscriptions[at].Handlers, handler] };
    }
}
