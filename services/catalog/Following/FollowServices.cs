using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

internal static class FollowServices
{
    /// <summary>Keeps an index true to the documents of a type; one that is an <see cref="IKeptIndex{TDocument}"/> also outlives the process.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="type">A type with an index "changed".</param>
    /// <param name="fill">Takes documents into the index; of several states of one, the newest stays.</param>
    /// <param name="remove">Takes out what was deleted (see <see cref="Removals"/>), by id; null for types of which nothing is.</param>
    public static void AddFollowing<TDocument, TIndex>(
        this IServiceCollection services,
        DocumentType<TDocument> type,
        Action<TIndex, IReadOnlyCollection<TDocument>> fill,
        Action<TIndex, string>? remove = null)
        where TDocument : class
        where TIndex : notnull
    {
        if (typeof(TIndex).IsAssignableTo(typeof(IKeptIndex<TDocument>)))
        {
            services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section);
            services.AddSingleton(provider => (IKeptIndex<TDocument>)provider.GetRequiredService<TIndex>());
            services.AddTransient<IndexMarks>();
            services.AddSingleton<IndexKeeper<TDocument>>();
        }

        services.AddHostedService(provider =>
        {
            TIndex index = provider.GetRequiredService<TIndex>();
            var followed = new Followed<TDocument>(type, documents => fill(index, documents), id => remove?.Invoke(index, id));
            return ActivatorUtilities.CreateInstance<FollowStore<TDocument>>(provider, followed);
        });
    }

    /// <summary>Takes away documents by their age.</summary>
    public static void AddForgetting<TDocument>(this IServiceCollection services, Func<IServiceProvider, ShortLived<TDocument>> kind)
        where TDocument : class
    {
        services.AddSingleton(kind);
        services.AddSingleton<ForgetOld<TDocument>>();
        services.AddHostedService(provider => provider.GetRequiredService<ForgetOld<TDocument>>());
    }
}
