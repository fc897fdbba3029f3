using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>The outbox of several replicas: claims are entries with an end, by the clock of the server. What was sent carries its time until it is forgotten.</summary>
internal sealed class MongoOutbox(MongoStore store, StorageOptions options, TimeProvider time) : IOutbox
{
    private const int Turns = 1024;

    private static readonly BsonDocument NotSent = new("sent", BsonNull.Value);
    private static readonly TimeSpan LongestClaim = TimeSpan.FromHours(1);

    /// <summary>
    /// Events of one subject get their positions one transaction after the other: a second that writes the same turn conflicts, and is
    /// run again once the first has committed.
    /// </summary>
    public static async Task AddAsync(MongoStore store, IClientSessionHandle session, IReadOnlyList<OutboxEvent> events, CancellationToken ct)
    {
        foreach (var turn in events.Select(TurnOf).Distinct().Order())
        {
            await store.Turns.UpdateOneAsync(
                session, new BsonDocument("_id", turn), new BsonDocument("$inc", new BsonDocument("value", 1L)), new UpdateOptions { IsUpsert = true }, ct);
        }

        foreach (var published in events)
            await store.Outbox.InsertOneAsync(session, Entry(await store.NextAsync("position", ct), published), options: null, ct);
    }

    public static BsonDocument Entry(long position, OutboxEvent published) => new()
    {
        { "_id", position },
        { "id", published.Id },
        { "topic", published.Topic },
        { "type", published.Type },
        { "subject", published.Subject },
        { "data", published.Data },
        { "time", published.Time.ToUnixTimeMilliseconds() },
        { "traceparent", MongoDocument.ToBson(published.TraceParent) },
        { "tracestate", MongoDocument.ToBson(published.TraceState) },
        { "attempts", 0 },
    };

    public static OutboxEvent Event(BsonDocument entry) => new(
        entry["id"].AsString, entry["topic"].AsString, entry["type"].AsString, entry["subject"].AsString, entry["data"].AsString,
        DateTimeOffset.FromUnixTimeMilliseconds(entry["time"].ToInt64()), (string?)MongoDocument.FromBson(entry["traceparent"]), (string?)MongoDocument.FromBson(entry["tracestate"]));

    /// <summary>One claim at a time: two at once could each take what the other's order forbids.</summary>
    public async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(string relay, ClaimSize size, TimeSpan lease, CancellationToken ct)
    {
        var now = await store.NowAsync(ct);
        return await store.TransactAsync<IReadOnlyList<OutboxClaim>>(async (session, again) =>
        {
            await store.Counters.UpdateOneAsync(
                session, new BsonDocument("_id", "claims"), new BsonDocument("$inc", new BsonDocument("value", 1L)), new UpdateOptions { IsUpsert = true }, again);
            var claimed = await FreeAsync(session, size, now, again);
            var positions = new BsonArray(claimed.Select(entry => entry["_id"]));
            var claim = new BsonDocument { { "relay", relay }, { "until", now + lease } };
            await store.Outbox.UpdateManyAsync(session, In(positions), new BsonDocument("$set", claim), options: null, again);
            return [.. claimed.Select(entry => new OutboxClaim(entry["_id"].ToInt64(), Event(entry), entry["attempts"].ToInt32()))];
        }, ct);
    }

    public Task RemoveAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct) => options.SentRetention > TimeSpan.Zero
        ? UpdateAsync(In(positions), new BsonDocument("$set", new BsonDocument("sent", time.GetUtcNow().ToUnixTimeMilliseconds())), ct)
        : store.RunAsync(() => store.Outbox.DeleteManyAsync(In(positions), ct));

    public async Task PostponeAsync(string relay, long position, TimeSpan delay, string reason, CancellationToken ct)
    {
        var until = await store.NowAsync(ct) + delay;
        await UpdateAsync(In(new[] { position }), new BsonDocument
        {
            { "$set", new BsonDocument { { "relay", BsonNull.Value }, { "until", until }, { "reason", reason } } },
            { "$inc", new BsonDocument("attempts", 1) },
        }, ct);
    }

    public Task ReleaseAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct) =>
        UpdateAsync(In(positions).Add("relay", relay), new BsonDocument("$set", new BsonDocument { { "relay", BsonNull.Value }, { "until", BsonNull.Value } }), ct);

    public Task<OutboxState> StateAsync(CancellationToken ct) => store.RunAsync(async () =>
    {
        var count = await store.Outbox.CountDocumentsAsync(NotSent, cancellationToken: ct);
        var oldest = await store.Outbox.Find(NotSent).Sort(new BsonDocument("_id", 1)).FirstOrDefaultAsync(ct);
        return new OutboxState(count, oldest is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(oldest["time"].ToInt64()));
    });

    public Task<int> ForgetSentAsync(DateTimeOffset moment, CancellationToken ct) => store.RunAsync(async () =>
    {
        var old = new BsonDocument("sent", new BsonDocument("$lt", moment.ToUnixTimeMilliseconds()));
        return (int)(await store.Outbox.DeleteManyAsync(old, ct)).DeletedCount;
    });

    /// <summary>The oldest events that are neither held nor behind one of their subject that is.</summary>
    private async Task<List<BsonDocument>> FreeAsync(IClientSessionHandle session, ClaimSize size, DateTime now, CancellationToken ct)
    {
        var free = new List<BsonDocument>();
        var blocked = new HashSet<(string Topic, string Subject)>();
        var bytes = 0L;
        using var cursor = await store.Outbox.FindAsync<BsonDocument>(
            session, NotSent, new FindOptions<BsonDocument, BsonDocument> { Sort = new BsonDocument("_id", 1), BatchSize = 200 }, ct);
        while (GoesOn() && await cursor.MoveNextAsync(ct))
        {
            foreach (var entry in cursor.Current.TakeWhile(_ => GoesOn()))
            {
                var subject = (entry["topic"].AsString, entry["subject"].AsString);
                if (blocked.Contains(subject) || IsHeld(entry, now))
                {
                    blocked.Add(subject);
                    continue;
                }

                free.Add(entry);
                bytes += Encoding.UTF8.GetByteCount(entry["data"].AsString);
            }
        }

        return free;

        bool GoesOn() => free.Count < size.Events && bytes < size.Bytes;
    }

    /// <summary>A claim that would last longer than any does was made before the clock went backwards and no longer counts.</summary>
    private static bool IsHeld(BsonDocument entry, DateTime now) =>
        entry.TryGetValue("until", out var until) && until.IsValidDateTime && until.ToUniversalTime() > now && until.ToUniversalTime() < now + LongestClaim;

    private Task UpdateAsync(BsonDocument filter, BsonDocument update, CancellationToken ct) =>
        store.RunAsync(() => store.Outbox.UpdateManyAsync(filter, update, options: null, ct));

    private static BsonDocument In(IEnumerable<long> positions) => In(new BsonArray(positions.Select(position => (BsonValue)position)));

    private static BsonDocument In(BsonArray positions) => new("_id", new BsonDocument("$in", positions));

    private static int TurnOf(OutboxEvent published) =>
        BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes($"{published.Topic}\n{published.Subject}"))) % Turns;
}
