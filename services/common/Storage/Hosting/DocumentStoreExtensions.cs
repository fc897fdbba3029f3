using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ecosystem.Storage;

/// <summary>Adds the documents of a service to its host.</summary>
public static class DocumentStoreExtensions
{
    /// <summary>
    /// Adds <see cref="IDocumentStore"/>, <see cref="IIdSource"/> and, if missing, <see cref="TimeProvider"/>.
    /// The store is found by <c>ConnectionStrings:{app}</c> or <c>Storage:Path</c> (see the README) and is opened,
    /// checked and brought up to date before the host accepts work.
    /// </summary>
    public static IHostApplicationBuilder AddDocumentStore(this IHostApplicationBuilder builder, params DocumentType[] types)
    {
        var services = builder.Services;
        services.AddDocuments(documents => Array.ForEach(types, type => documents.Add(type)));
        if (services.Any(service => service.ServiceType == typeof(IDocumentStore)))
            return builder;

        services.AddSingleton<IValidateOptions<StoreLocationCheck>, StoreLocationCheck.Validation>();
        services.AddOptions<StoreLocationCheck>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, UuidV7Source>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IDocumentStore>(provider => ActivatorUtilities.CreateInstance<DocumentStore>(provider));
        services.AddSingleton<IStoreBackup, StoreBackup>();
        services.AddHostedService<StoreStartup>();
        services.AddHostedService<ScheduledBackup>();
        services.AddForgetting("Sent events", provider =>
            (provider.GetRequiredService<StorageOptions>().SentRetention, provider.GetRequiredService<IOutbox>().ForgetSentAsync));
        services.AddHostedService<FollowOtherReleases>();

        // Read when the host is built, so that tests and late configuration sources count.
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions());
        services.AddSingleton(provider => StoreLocation.Of(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<StorageOptions>()));
        services.AddAdapter();
        return builder;
    }

    /// <summary>Declares document types; may be called by each capability of a service.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services, Action<DocumentTypes> configure)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(DocumentTypes))?.ImplementationInstance is not DocumentTypes types)
        {
            types = new DocumentTypes();
            services.AddSingleton(types);
        }

        configure(types);
        return services;
    }

    private static void AddAdapter(this IServiceCollection services)
    {
        services.AddSingleton(provider => StoreAdapters.Create(provider.GetRequiredService<StoreLocation>().Kind, new StoreContext(
            provider.GetRequiredService<StoreLocation>().Address,
            provider.GetRequiredService<DocumentTypes>(),
            provider.GetRequiredService<StorageOptions>(),
            provider.GetRequiredService<OutboxSignal>(),
            provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => provider.GetRequiredService<IStoreAdapter>().Engine);
        services.AddSingleton(provider => provider.GetRequiredService<IStoreAdapter>().Outbox);
        services.AddSingleton(provider => provider.GetRequiredService<IStoreAdapter>().Inbox);
        services.AddSingleton(provider => provider.GetRequiredService<IStoreAdapter>().Snapshot);
    }
}
