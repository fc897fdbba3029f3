using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ecosystem.Messaging;

/// <summary>Adds events to a host: what it publishes leaves through the outbox, what it applies arrives through the inbox.</summary>
public static class MessagingExtensions
{
    /// <summary>Adds the outbox relay and the handlers. Needs a document store (<c>AddDocumentStore</c>).</summary>
    public static IHostApplicationBuilder AddMessaging(this IHostApplicationBuilder builder, Action<MessagingBuilder>? configure = null)
    {
        var subscriptions = new SubscriptionList();
        configure?.Invoke(new MessagingBuilder(builder.Services, subscriptions));
        builder.Services.AddSingleton(subscriptions);
        return builder;
    }

    /// <summary>Maps <c>GET /dapr/subscribe</c> and the delivery routes the sidecar calls.</summary>
    public static IEndpointRouteBuilder MapMessaging(this IEndpointRouteBuilder endpoints) => endpoints;
}
