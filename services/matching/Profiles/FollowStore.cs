using Ecosystem.Storage;

namespace Ecosystem.Matching.Profiles;

/// <summary>
/// Fills the index from the store before the service answers, and then follows the store: where several copies of this service share one
/// store, an event reaches one copy only, and the others find it here.
/// </summary>
internal sealed class FollowStore(IDocumentStore store, ProfileIndex index, TimeProvider time, ILogger<FollowStore> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Clocks of the copies differ and transactions take time, so each look goes back a little further than the last one.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(since: null, cancellationToken);
        log.LogInformation("Profiles in the index: {Assets} data assets, {Competences} competences", index.AssetCount, index.CompetenceCount);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        DateTimeOffset last = time.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            DateTimeOffset now = time.GetUtcNow();
            try
            {
                await ReadAsync(last - Overlap, stoppingToken);
                last = now;
            }
            catch (StoreUnavailableException problem)
            {
                log.LogWarning(problem, "The store does not answer; proposals rest on what was known before. Trying again in {Interval}", Interval);
            }
        }
    }

    private async Task ReadAsync(DateTimeOffset? since, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DocumentQuery<DataAssetProfile> assets = DocumentQuery.For(DataAssetProfile.Type);
        DocumentQuery<CompetenceProfile> competences = DocumentQuery.For(CompetenceProfile.Type);
        if (since is { } start)
        {
            assets = assets.WhereRange("kept_at", start.ToUnixTimeMilliseconds(), before: null);
            competences = competences.WhereRange("kept_at", start.ToUnixTimeMilliseconds(), before: null);
        }
        await foreach (DataAssetProfile profile in session.StreamAsync(assets, ct)) index.Put(profile);
        await foreach (CompetenceProfile profile in session.StreamAsync(competences, ct)) index.Put(profile);
    }
}
