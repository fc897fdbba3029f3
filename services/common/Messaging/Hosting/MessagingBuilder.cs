using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Messaging;

/// <summary>Declares which events a service applies.</summary>
public sealed class MessagingBuilder
{
    private readonly IServiceCollection _services;
    private readonly SubscriptionList _subscriptions;

    internal MessagingBuilder(IServiceCollection services, SubscriptionList subscriptions)
    {
        _services = services;
        _subscriptions = subscriptions;
    }

    /// <summary>Applies <typeparamref name="TEvent"/> with <typeparamref name="THandler"/>. Several handlers of one event share one unit of work.</summary>
    /// <param name="onFailure">What happens when this handler fails; the default is <see cref="FailurePolicy.Default"/>.</param>
    public MessagingBuilder On<TEvent, THandler>(FailurePolicy? onFailure = null)
        where TEvent : IMessage<TEvent>, new()
        where THandler : class, IEventHandler<TEvent>
    {
        _services.TryAddTransient<THandler>();
        _subscriptions.Add(new TEvent().Descriptor, new EventHandling(
            onFailure ?? FailurePolicy.Default,
            (provider, message, context, ct) => provider.GetRequiredService<THandler>().HandleAsync((TEvent)message, context, ct)));
        return this;
    }
}
