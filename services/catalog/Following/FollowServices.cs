using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

internal static class FollowServices
{
    /// <summary>Keeps an index true to the documents of a type; one that is an <see cref="IKeptIndex{TDocument}"/> also outlives the process.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="type">A type with an index "changed".</param>
    /// <param name="fill">Takes documents into the index; of several states of one, the newest stays.</param>
    public static void AddFollowing<TDocument, TIndex>(
        this IServiceCollection services, DocumentType<TDocument> type, Action<TIndex, IReadOnlyCollection<TDocument>> fill)
        where TDocument : class
        where TIndex : notnull
    {
        if (typeof(TIndex).IsAssignableTo(typeof(IKeptIndex<TDocument>)))
        {
            services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section);
            services.AddSingleton(provider => (IKeptIndex<TDocument>)provider.GetRequiredService<TIndex>());
            services.AddSingleton<IndexKeeper<TDocument>>();
        }

        services.AddHostedService(provider =>
        {
            TIndex index = provider.GetRequiredService<TIndex>();
            return ActivatorUtilities.CreateInstance<FollowStore<TDocument>>(
                provider, type, (Action<IReadOnlyCollection<TDocument>>)(documents => fill(index, documents)));
        });
    }
}
