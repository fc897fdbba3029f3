using Ecosystem.Matching.Needs;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Questions;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Standing;

/// <summary>
/// Matches what waits for it, many items in one transaction. That an item waits is saved with the item, so nothing is forgotten when a copy of
/// the service ends; when two copies take the same item, one of them saves.
/// </summary>
internal sealed class FindMatches(
    IDocumentStore store, ProfileIndex profiles, ParticipantBook participants, MatchFinder finder, MatchReturned returned, MatchingMeter meter, TimeProvider time, ILogger<FindMatches> log)
    : BackgroundService
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await returned.MarkAsync(stoppingToken);
                while (await MatchWaitingAsync(Batch, stoppingToken)) { }
            }
            catch (ConcurrencyException conflict)
            {
                log.LogDebug(conflict, "Items of an organisation that is back were just changed; they are marked at the next turn");
            }
            catch (StoreUnavailableException problem)
            {
                log.LogWarning(problem, "The store does not answer; what is new waits to be matched. Trying again in {Interval}", Interval);
            }
        }
    }

    /// <summary>False when nothing waits any more.</summary>
    public async Task<bool> MatchWaitingAsync(int batch, CancellationToken ct)
    {
        try
        {
            return await MatchAsync(batch, ct);
        }
        catch (Exception conflict) when (conflict is ConcurrencyException or UniqueConstraintException)
        {
            // Another copy, an event or an answer was first with one of them. One by one the others pass; that one waits for the next turn.
            log.LogDebug(conflict, "A batch of matches met another writer");
            return batch > 1 && await MatchWaitingAsync(batch: 1, ct);
        }
    }

    private async Task<bool> MatchAsync(int batch, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        var items = new List<(ItemKind Kind, string Id)>();
        var since = new List<long>();
        await TakeAsync(DataAssetProfile.Type, ItemKind.DataAsset, profile => profile.Id, profiles.Put);
        await TakeAsync(CompetenceProfile.Type, ItemKind.Competence, profile => profile.Id, profiles.Put);
        await TakeAsync(SolutionProfile.Type, ItemKind.Solution, profile => profile.Id, profiles.Put);
        await TakeMarkedAsync();
        if (items.Count == 0) return false;
        await FollowParticipantsAsync(session, items, ct);
        IReadOnlyList<ParticipantDocument> free = await finder.MatchAsync(session, items, ct);
        await session.SaveChangesAsync(ct);
        foreach (ParticipantDocument participant in free) participants.Put(participant);
        long saved = time.GetUtcNow().ToUnixTimeMilliseconds();
        since.ForEach(moment => meter.Matched(saved - moment));
        return true;

        async Task TakeAsync<T>(DocumentType<T> type, ItemKind kind, Func<T, string> idOf, Action<T> put)
            where T : class, IWaitsForMatching
        {
            if (items.Count >= batch) return;
            DocumentQuery<T> waiting = DocumentQuery.For(type).WhereRange("waiting", 0L, before: null).OrderBy("waiting").Page(batch - items.Count).WithoutTotal();
            foreach (T document in (await session.QueryAsync(waiting, ct)).Items)
            {
                put(document); // another copy may have heard of it
                since.Add(document.WaitsSince!.Value);
                document.WaitsSince = null;
                session.Store(document);
                items.Add((kind, idOf(document)));
            }
        }

        async Task TakeMarkedAsync()
        {
            if (items.Count >= batch) return;
            DocumentQuery<WaitingMark> waiting = DocumentQuery.For(WaitingMark.Type).Page(batch - items.Count).WithoutTotal();
            foreach (WaitingMark mark in (await session.QueryAsync(waiting, ct)).Items)
            {
                session.Delete<WaitingMark>(mark.Id);
                if (mark.Since > 0) since.Add(mark.Since); // marks of earlier releases do not tell
                if (items.Contains((mark.Kind, mark.ItemId))) continue;
                if (mark.Kind == ItemKind.Need && await session.LoadAsync<NeedDocument>(mark.ItemId, ct) is { } need) profiles.Put(need);
                if (mark.Kind == ItemKind.Question && await session.LoadAsync<QuestionDocument>(mark.ItemId, ct) is { } question) profiles.Put(question);
                items.Add((mark.Kind, mark.ItemId));
            }
        }
    }

    /// <summary>Another copy may have heard that an organisation is back, or gone.</summary>
    private async Task FollowParticipantsAsync(IDocumentSession session, IEnumerable<(ItemKind Kind, string Id)> items, CancellationToken ct)
    {
        if (!store.IsShared) return;
        foreach (string organisation in items.Select(item => profiles.Find(item.Kind, item.Id)?.Organisation.Id).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await session.LoadAsync<ParticipantDocument>(organisation, ct) is { } participant) participants.Put(participant);
        }
    }
}
