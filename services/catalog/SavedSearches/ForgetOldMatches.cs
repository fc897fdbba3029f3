using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>Takes away matches that are older than they are kept, also those of searches that are gone.</summary>
internal sealed class ForgetOldMatches(IDocumentStore store, TimeProvider time, IOptions<SavedSearchOptions> options, ILogger<ForgetOldMatches> log) : BackgroundService
{
    private const int Batch = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        long before = (time.GetUtcNow() - options.Value.KeepMatchesFor).ToUnixTimeMilliseconds();
        int forgotten = 0;
        IReadOnlyList<SavedSearchMatchDocument> old;
        do
        {
            await using IDocumentSession session = store.OpenSession();
            old = (await session.QueryAsync(
                DocumentQuery.For(SavedSearchMatchDocument.Type).WhereRange("time", from: null, before).OrderBy("time").Page(Batch).WithoutTotal(), ct)).Items;
            foreach (SavedSearchMatchDocument match in old)
            {
                session.Delete<SavedSearchMatchDocument>(match.Id);
            }

            await session.SaveChangesAsync(ct);
            forgotten += old.Count;
        }
        while (old.Count == Batch);
        return forgotten;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is StoreUnavailableException or ConcurrencyException)
            {
                log.LogWarning(problem, "Old matches of saved searches stay until the next round.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
