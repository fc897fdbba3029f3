using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

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
        builder.Services.AddDocuments(documents =>
        {
            foreach (var type in types)
                documents.Add(type);
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IIdSource, UuidV7Source>();
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
}
