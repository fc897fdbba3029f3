using Ecosystem.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ecosystem.Messaging;

/// <summary>Adds events to a host: what it publishes leaves through the outbox, what it applies arrives through the inbox.</summary>
public static class MessagingExtensions
{
    /// <summary>Adds the outbox relay and the handlers. Needs a document store (<c>AddDocumentStore</c>). May be called by each capability of a service.</summary>
    public static IHostApplicationBuilder AddMessaging(this IHostApplicationBuilder builder, Action<MessagingBuilder>? configure = null)
    {
        var services = builder.Services;
        if (services.FirstOrDefault(service => service.ServiceType == typeof(SubscriptionList))?.ImplementationInstance is not SubscriptionList subscriptions)
        {
            subscriptions = new SubscriptionList();
            services.AddSingleton(subscriptions);
            services.AddMessagingParts();
        }

        configure?.Invoke(new MessagingBuilder(services, subscriptions));
        return builder;
    }

    /// <summary>Maps <c>GET /dapr/subscribe</c>, the delivery routes the sidecar calls, and <c>ecosystem.messaging.v1.DeadLetterService</c> for operators.</summary>
    /// <exception cref="InvalidOperationException">Events are applied, and nothing keeps others than the sidecar from delivering them.</exception>
    public static IEndpointRouteBuilder MapMessaging(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (services.GetRequiredService<SubscriptionList>().All.Count > 0
            && services.GetRequiredService<MessagingOptions>().AppToken is null
            && !services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            throw new InvalidOperationException(
                "APP_API_TOKEN is not set: anyone who reaches this service could deliver events. Set it here and at the sidecar (dapr.io/app-token-secret).");
        }

        DeliveryEndpoints.Map(endpoints);
        endpoints.MapGrpcService<DeadLetterService>();
        return endpoints;
    }

    private static void AddMessagingParts(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MessagingCheck>, MessagingCheck.Validation>();
        services.AddOptions<MessagingCheck>().ValidateOnStart();
        services.AddSingleton(provider => MessagingOptions.Of(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<IEventAddressing, EventTopics>();
        services.AddSingleton<MessagingMeter>();
        services.AddDocuments(documents => documents.Add(DeadLetterDocument.Type));
        services.AddGrpc();
        services.AddSingleton<DeadLetterBox>();
        services.AddSingleton<DeadLetterReplay>();
        services.AddSingleton<UnitOfWork>();
        services.AddSingleton<JointApplication>();
        services.AddSingleton<EventApplication>();
        services.AddSingleton<EventDelivery>();
        services.AddSingleton<DeliveryEndpoints>();
        services.AddSingleton(provider => new SidecarPublisher(
            provider.GetRequiredService<MessagingOptions>(),
            new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = SidecarPublisher.Timeout }));
        services.AddSingleton<RequestSender>();
        services.AddSingleton<OutboxBatch>();
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<BacklogObservation>();
        services.AddForgetting("Received events", provider =>
            (provider.GetRequiredService<MessagingOptions>().InboxRetention, provider.GetRequiredService<IInbox>().ForgetAsync));
    }
}
