using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

internal sealed class MongoInbox(MongoStore store) : IInbox
{
    public static BsonDocument Entry(EventKey key, long milliseconds) => new() { { "_id", Id(key) }, { "received", milliseconds } };

    public static BackupRecord.Received Read(BsonDocument entry) => new(
        new EventKey(entry["_id"]["source"].AsString, entry["_id"]["id"].AsString), entry["received"].ToInt64());

    public Task<bool> ContainsAsync(EventKey key, CancellationToken ct) =>
        store.RunAsync(() => store.Inbox.Find(new BsonDocument("_id", Id(key))).AnyAsync(ct));

    public Task<IReadOnlySet<EventKey>> KnownAsync(IReadOnlyCollection<EventKey> keys, CancellationToken ct) => store.RunAsync(async () =>
    {
        var ids = new BsonDocument("_id", new BsonDocument("$in", new BsonArray(keys.Select(Id))));
        var entries = await store.Inbox.Find(ids).ToListAsync(ct);
        return (IReadOnlySet<EventKey>)entries.Select(entry => new EventKey(entry["_id"]["source"].AsString, entry["_id"]["id"].AsString)).ToHashSet();
    });

    public Task<int> ForgetAsync(DateTimeOffset moment, CancellationToken ct) => store.RunAsync(async () =>
    {
        var old = new BsonDocument("received", new BsonDocument("$lt", moment.ToUnixTimeMilliseconds()));
        return (int)(await store.Inbox.DeleteManyAsync(old, ct)).DeletedCount;
    });

    private static BsonDocument Id(EventKey key) => new() { { "source", key.Source }, { "id", key.Id } };
}
