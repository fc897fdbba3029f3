using Google.Protobuf;
using Google.Protobuf.Reflection;
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
    public MessagingBuilder On<TEvent, THandler>()
        where TEvent : IMessage<TEvent>, new()
        where THandler : class, IEventHandler<TEvent>
    {
        _services.TryAddTransient<THandler>();
        _subscriptions.Add<TEvent>(new TEvent().Descriptor, async (provider, message, context, ct) =>
            await provider.GetRequiredService<THandler>().HandleAsync((TEvent)message, context, ct));
        return this;
    }
}
