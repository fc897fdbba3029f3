using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Demo;
using Ecosystem.Storage;

namespace Ecosystem.Catalog;

/// <summary>Before the first call is answered, the indexes know every document; a search is never half right.</summary>
internal sealed class CatalogStart(
    IDocumentStore store,
    DataAssetIndex assets,
    CompetenceIndex competences,
    DemoData demo,
    IHostEnvironment environment,
    IConfiguration configuration) : IHostedService
{
    private const int Batch = 2_000;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (IDocumentSession session = store.OpenSession())
        {
            var batch = new List<DataAssetDocument>(Batch);
            await foreach (DataAssetDocument document in session.StreamAsync(DocumentQuery.For(DataAssetDocument.Type), cancellationToken))
            {
                batch.Add(document);
                if (batch.Count == Batch)
                {
                    assets.Fill(batch);
                    batch.Clear();
                }
            }

            assets.Fill(batch);
            await foreach (CompetenceDocument document in session.StreamAsync(DocumentQuery.For(CompetenceDocument.Type), cancellationToken))
            {
                competences.Put(document);
            }
        }

        if (environment.IsDevelopment() && configuration.GetValue("Demo:Load", defaultValue: true))
        {
            await demo.LoadIfEmptyAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
