using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Paths;

/// <summary>Tries the paths that are due, some at a time, remembers since when it is so, and tells of changes. Forgets paths that no asset names.</summary>
internal sealed partial class PathWatch(
    IDocumentStore store, PathProbe probe, IOptions<ProbeOptions> options, IHostEnvironment environment, TimeProvider time, ILogger<PathWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private const int Batch = 64;

    /// <returns>How many paths were due.</returns>
    public async Task<int> TryDueAsync(CancellationToken ct)
    {
        DocumentPage<PathDocument> due;
        await using (IDocumentSession session = store.OpenSession())
        {
            due = await session.QueryAsync(
                DocumentQuery.For(PathDocument.Type)
                    .WhereRange("next_try", from: null, time.GetUtcNow().ToUnixTimeSeconds() + 1)
                    .OrderBy("next_try").Page(Batch).WithoutTotal(),
                ct);
        }

        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(due.Items, atOnce, async (path, stop) => await TryAsync(path, stop));
        return due.Items.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!(options.Value.Enabled ?? !environment.IsDevelopment()))
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await TryDueAsync(stoppingToken) == Batch)
                {
                    LogBusy(Batch);
                }
            }
            catch (StoreUnavailableException problem)
            {
                LogPostponed(problem);
            }
        }
    }

    private async Task TryAsync(PathDocument due, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        if (await session.LoadAsync<PathDocument>(due.Id, ct) is not { } path)
        {
            return;
        }

        if (!await IsNamedAsync(session, path, ct))
        {
            session.Delete<PathDocument>(path.Id);
        }
        else
        {
            Reachability found = await probe.AskAsync(path.Address, ct);
            Remember(session, path, found);
        }

        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            LogRaced(path.Id);
        }
    }

    private void Remember(IDocumentSession session, PathDocument path, Reachability found)
    {
        bool isNews = path.Reachability.State != found.State;
        found.Since = isNews ? found.CheckTime : path.Reachability.Since;
        path.Reachability = found;
        path.NextTry = (time.GetUtcNow() + options.Value.Every).ToUnixTimeSeconds();
        if (isNews)
        {
            path.Version++;
            session.Publish(new PathReachabilityChanged { Address = path.Address, Reachability = found, Version = path.Version }, path.Id);
        }

        session.Store(path);
    }

    private static async Task<bool> IsNamedAsync(IDocumentSession session, PathDocument path, CancellationToken ct) =>
        (await session.QueryAsync(DocumentQuery.For(DataAssetDocument.Type).Where("path", path.Id).Page(1).WithoutTotal(), ct)).Items.Count > 0;

    [LoggerMessage(LogLevel.Debug, "{Count} paths were tried; more are due.")]
    private partial void LogBusy(int count);

    [LoggerMessage(LogLevel.Warning, "Paths wait for the next round.")]
    private partial void LogPostponed(Exception problem);

    [LoggerMessage(LogLevel.Debug, "Path {Path} was tried by another copy of this service at the same time.")]
    private partial void LogRaced(string path);
}
