using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Questions;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Profiles;

/// <summary>
/// Fills the index from the store before the service answers, and then follows the store where copies of this service share one: an event
/// reaches one copy only, and the others find it here.
/// </summary>
internal sealed class FollowStore(IDocumentStore store, ProfileIndex index, ParticipantBook participants, RankingShelf ranking, TimeProvider time, ILogger<FollowStore> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Clocks of the copies differ and transactions take time, so each look goes back a little further than the last one. Every look reads again
    /// what came within this time, so it must not be long: at a minute, a few hundred events a second kept the service busy with reading.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(since: null, cancellationToken);
        log.LogInformation(
            "Profiles in the index: {Assets} data assets, {Competences} competences, {Solutions} solutions, {Needs} needs, {Questions} questions",
            index.Of(ItemKind.DataAsset).Count, index.Of(ItemKind.Competence).Count, index.Of(ItemKind.Solution).Count, index.Of(ItemKind.Need).Count,
            index.Of(ItemKind.Question).Count);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!store.IsShared) return; // the only copy hears everything itself

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
        await ReadAsync(DataAssetProfile.Type, index.Put, since, ct);
        await ReadAsync(CompetenceProfile.Type, index.Put, since, ct);
        await ReadAsync(SolutionProfile.Type, index.Put, since, ct);
        await ReadAsync(NeedDocument.Type, index.Put, since, ct);
        await ReadAsync(QuestionDocument.Type, index.Put, since, ct);
        await ReadAsync(ParticipantDocument.Type, participants.Put, since, ct);
        await ranking.FollowAsync(ct);
    }

    private async Task ReadAsync<T>(DocumentType<T> type, Action<T> put, DateTimeOffset? since, CancellationToken ct)
        where T : class
    {
        DocumentQuery<T> query = DocumentQuery.For(type);
        if (since is { } start) query = query.WhereRange("kept_at", start.ToUnixTimeMilliseconds(), before: null);
        await using IDocumentSession session = store.OpenSession();
        await foreach (T document in session.StreamAsync(query, ct)) put(document);
    }
}
