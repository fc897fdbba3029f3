using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>Checks a store and brings its collections and indexes up to date. Each step can be repeated, so replicas may start together.</summary>
internal sealed class MongoSchema(MongoStore store, DocumentTypes types, TimeProvider time) : IRollOut
{
    private const int Version = 1;

    private static readonly TimeSpan RollOut = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private Task? _opening;

    /// <summary>Opens once; an attempt that failed is made again by the next call.</summary>
    public Task OpenAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_opening is null || _opening.IsFaulted || _opening.IsCanceled)
                _opening = BringUpToDateAsync(CancellationToken.None);
            return _opening.WaitAsync(ct);
        }
    }

    public async Task<IReadOnlyList<string>?> FollowOtherReleasesAsync(CancellationToken ct)
    {
        var recent = new BsonDocument("changed", new BsonDocument("$gt", (time.GetUtcNow() - RollOut).ToUnixTimeMilliseconds()));
        if (!await store.RunAsync(() => store.Indexes.Find(recent).AnyAsync(ct)))
        {
            foreach (var type in types.All)
                await new MongoTypeSchema(store, type, time).DropRetiredAsync(RollOut, ct);
            return null;
        }

        var colliding = new List<string>();
        foreach (var type in types.All)
            colliding.AddRange(await new MongoIndexing(store, type).FillAsync(ct));
        return colliding;
    }

    private async Task BringUpToDateAsync(CancellationToken ct)
    {
        var hello = await store.CommandAsync(new BsonDocument("hello", 1), ct);
        if (!hello.Contains("setName") && hello.GetValue("msg", "").AsString != "isdbgrid")
            throw new InvalidOperationException($"MongoDB {store.Name} is not a replica set, and only one has transactions. Start it with --replSet; a set of one is enough.");

        var layout = await store.RunAsync(() => store.Counters.FindOneAndUpdateAsync<BsonDocument>(
            new BsonDocument("_id", "layout"),
            new BsonDocument("$setOnInsert", new BsonDocument("value", (long)Version)),
            new FindOneAndUpdateOptions<BsonDocument, BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
            ct));
        if (layout["value"].ToInt64() != Version)
            throw new StoreDamagedException($"The store {store.Name} has layout {layout["value"]}; this release knows {Version}. Run the release that made it.");
        if (await store.RunAsync(() => store.Counters.Find(new BsonDocument("_id", MongoSnapshot.Restoring)).AnyAsync(ct)))
            throw new StoreDamagedException($"A restore into {store.Name} was cut off. Drop the database and restore the backup again.");

        await IndexAsync(store.Inbox, "received", ct);
        await IndexAsync(store.Outbox, "sent", ct);
        foreach (var type in types.All)
            await new MongoTypeSchema(store, type, time).BringUpToDateAsync(ct);
    }

    private Task<string> IndexAsync(IMongoCollection<BsonDocument> collection, string field, CancellationToken ct) => store.RunAsync(() =>
        collection.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument { { field, 1 }, { "_id", 1 } }), cancellationToken: ct));
}
