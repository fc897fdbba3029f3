using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>What follows the documents of a type.</summary>
/// <param name="Type">A type with an index "changed".</param>
/// <param name="Fill">Takes documents in; of several states of one, the newest stays.</param>
/// <param name="Remove">Takes out what was deleted, by id.</param>
internal sealed record Followed<T>(DocumentType<T> Type, Action<IReadOnlyCollection<T>> Fill, Action<string> Remove)
    where T : class;

/// <summary>
/// Fills a search index from the store before the first call is answered, so that a search is never half right, and then follows the store
/// where copies of this service share one: a change is made by one copy, and the others find it here. An index that is kept is read back
/// first, and only what changed since is read from the store.
/// </summary>
internal sealed class FollowStore<T>(
    IDocumentStore store,
    Followed<T> followed,
    TimeProvider time,
    ILogger<FollowStore<T>> log,
    IndexKeeper<T>? keeper = null) : BackgroundService
    where T : class
{
    private const int Batch = 2_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Clocks of the copies differ and transactions take time, so each look goes back a little further than the last one.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>A change is dated before it is saved; one that took longer than this to be saved is not imagined.</summary>
    private static readonly TimeSpan OverlapOfRestart = TimeSpan.FromMinutes(5);

    private readonly Lock _stopping = new();
    private DateTimeOffset _last;
    private Task? _stopped;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset start = time.GetUtcNow();
        if (!await ReadBackAsync(cancellationToken))
        {
            await ReadAsync(DocumentQuery.For(followed.Type), cancellationToken);
        }

        _last = start;
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Whoever asks again, as a host does that is stopped and disposed at the same time, waits for the same end: the store closes after it.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stopped ??= StopOnceAsync(cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(store.IsShared ? FollowAsync(stoppingToken) : Task.CompletedTask, keeper is { IsOn: true } ? SaveEveryAsync(keeper.SaveEvery, stoppingToken) : Task.CompletedTask);

    private async Task StopOnceAsync(CancellationToken ct)
    {
        await base.StopAsync(ct);
        await SaveAsync(ct);
    }

    /// <summary>Whether an index was read back and is true to the store.</summary>
    private async Task<bool> ReadBackAsync(CancellationToken ct)
    {
        if (keeper is null || await keeper.RestoreAsync(ct) is not { } position)
        {
            return false;
        }

        await ReadSinceAsync(position - OverlapOfRestart, ct);
        return await keeper.IsTrueAsync(ct);
    }

    private async Task SaveEveryAsync(TimeSpan every, CancellationToken stoppingToken)
    {
        await Task.Yield(); // the first save may be long, and the service need not wait for it
        await SaveAsync(stoppingToken);
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SaveAsync(stoppingToken);
        }
    }

    /// <summary>What this copy changed is in the index at once; what others changed, as far as it has looked.</summary>
    private Task SaveAsync(CancellationToken ct) => keeper?.SaveAsync(store.IsShared ? _last : time.GetUtcNow(), ct) ?? Task.CompletedTask;

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
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
            await ReadSinceAsync(_last - Overlap, ct);
            _last = now;
        }
        catch (StoreUnavailableException problem)
        {
            log.LogWarning(problem, "The store does not answer; searches rest on what was known before. Trying again in {Interval}", Interval);
        }
    }

    /// <summary>What has changed first, then what is gone, so that a document that was read an instant before it was deleted does not stay.</summary>
    private async Task ReadSinceAsync(DateTimeOffset time, CancellationToken ct)
    {
        long since = time.ToUnixTimeMilliseconds();
        await ReadAsync(DocumentQuery.For(followed.Type).WhereRange("changed", since, before: null), ct);
        await using IDocumentSession session = store.OpenSession();
        await foreach (RemovedDocument gone in session.StreamAsync(DocumentQuery.For(RemovedDocument.Type).WhereRange("changed", since, before: null), ct))
        {
            if (gone.Collection == followed.Type.Name)
            {
                followed.Remove(gone.DocumentId);
            }
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
                followed.Fill(batch);
                batch.Clear();
            }
        }

        followed.Fill(batch);
    }
}
