using Ecosystem.Catalog.ReferenceProjects;
using Ecosystem.Catalog.Solutions;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;
using Google.Protobuf;

namespace Ecosystem.Catalog.Showcase;

internal static class ShowcaseServices
{
    public static void AddShowcase(this IServiceCollection services)
    {
        Add<Solution>(services, SolutionKind.Instance);
        Add<ReferenceProject>(services, ReferenceProjectKind.Instance);
    }

    private static void Add<T>(IServiceCollection services, ExhibitKind<T> kind)
        where T : class, IMessage<T>, new()
    {
        services.AddSingleton(kind);
        services.AddSingleton<ExhibitIndex<T>>();
        services.AddSingleton<ExhibitRegister<T>>();
        services.AddSingleton<FindExhibits<T>>();
        services.AddHostedService<FillExhibitIndex<T>>();
    }

    /// <summary>Before the first call is answered, the index knows every document.</summary>
    private sealed class FillExhibitIndex<T>(IDocumentStore store, ExhibitKind<T> kind, ExhibitIndex<T> index) : IHostedService
        where T : class, IMessage<T>, new()
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using IDocumentSession session = store.OpenSession();
            await foreach (ExhibitDocument<T> document in session.StreamAsync(DocumentQuery.For(kind.Type), cancellationToken))
            {
                index.Put(document);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
