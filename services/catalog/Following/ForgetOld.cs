using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>Which documents are taken away by their age.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Index">Its index that holds their time in Unix milliseconds.</param>
/// <param name="Id">A document's id.</param>
/// <param name="KeptFor">How old they become.</param>
internal sealed record ShortLived<T>(DocumentType<T> Type, string Index, Func<T, string> Id, TimeSpan KeptFor)
    where T : class;

/// <summary>Takes away documents that are older than they are kept, every hour.</summary>
internal sealed class ForgetOld<T>(IDocumentStore store, TimeProvider time, ShortLived<T> kind, ILogger<ForgetOld<T>> log) : BackgroundService
    where T : class
{
    private const int Batch = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        long before = (time.GetUtcNow() - kind.KeptFor).ToUnixTimeMilliseconds();
        int forgotten = 0;
        IReadOnlyList<T> old;
        do
        {
            await using IDocumentSession session = store.OpenSession();
            old = (await session.QueryAsync(
                DocumentQuery.For(kind.Type).WhereRange(kind.Index, from: null, before).OrderBy(kind.Index).Page(Batch).WithoutTotal(), ct)).Items;
            foreach (T document in old)
            {
                session.Delete<T>(kind.Id(document));
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
                log.LogWarning(problem, "What is too old stays until the next round.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
