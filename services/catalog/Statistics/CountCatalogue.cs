using Ecosystem.Catalog.Competences;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.ReferenceProjects;
using Ecosystem.Catalog.Solutions;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Statistics;

/// <summary>
/// Counts what the store holds once after the start, without keeping anybody waiting, and then every minute what has changed since, whichever copy
/// of the service changed it.
/// </summary>
internal sealed class CountCatalogue(IDocumentStore store, TimeProvider time, CatalogueFigures figures, ILogger<CountCatalogue> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Clocks of the copies differ and transactions take time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);

    public async Task CountAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            long? since = (figures.CountTime - Overlap)?.ToUnixTimeMilliseconds();
            await ReadAsync(DataAssetDocument.Type, since, d => figures.Put(d.Id, CountedThing.Of(d)), ct);
            await ReadAsync(CompetenceDocument.Type, since, d => figures.Put(d.Id, CountedThing.Of(d)), ct);
            await ReadAsync(SolutionKind.Instance.Type, since, d => figures.Put(d.Id, CountedThing.Of(d)), ct);
            await ReadAsync(ReferenceProjectKind.Instance.Type, since, d => figures.Put(d.Id, CountedThing.Of(d)), ct);
            await ReadAsync(RemovedDocument.Type, since, d => figures.Put(d.DocumentId, null), ct);
            figures.WereTrueAt(now);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the first count may take long; the start does not wait for it
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                log.LogWarning(problem, "The store does not answer; the figures rest on what was known before. Trying again in {Interval}", Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReadAsync<T>(DocumentType<T> type, long? since, Action<T> count, CancellationToken ct)
        where T : class
    {
        await using IDocumentSession session = store.OpenSession();
        DocumentQuery<T> query = DocumentQuery.For(type);
        await foreach (T document in session.StreamAsync(since is null ? query : query.WhereRange("changed", since, before: null), ct))
        {
            count(document);
        }
    }
}
