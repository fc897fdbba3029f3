using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>
/// Fills a search index from the store before the first call is answered, so that a search is never half right, and then follows the store
/// where copies of this service share one: a change is made by one copy, and the others find it here.
/// </summary>
internal sealed class FollowStore<T>(
    IDocumentStore store, DocumentType<T> type, Action<IReadOnlyCollection<T>> fill, TimeProvider time, ILogger<FollowStore<T>> log) : BackgroundService
    where T : class
{
    private const int Batch = 2_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Clocks of the copies differ and transactions take time, so each look goes back a little further than the last one.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private DateTimeOffset _last;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset start = time.GetUtcNow();
        await ReadAsync(DocumentQuery.For(type), cancellationToken);
        _last = start;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!store.IsShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            await ReadAsync(DocumentQuery.For(type).WhereRange("changed", (_last - Overlap).ToUnixTimeMilliseconds(), before: null), ct);
            _last = now;
        }
        catch (StoreUnavailableException problem)
        {
            log.LogWarning(problem, "The store does not answer; searches rest on what was known before. Trying again in {Interval}", Interval);
        }
    }

    private async Task ReadAsync(DocumentQuery<T> query, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        var batch = new List<T>(Batch);
        await foreach (T document in session.StreamAsync(query, ct))
        {
            batch.Add(document);
            if (batch.Count == Batch)
            {
                fill(batch);
                batch.Clear();
            }
        }

        fill(batch);
    }
}
