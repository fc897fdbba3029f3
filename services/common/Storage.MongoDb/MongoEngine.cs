using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>Documents with their index values: one collection per type, beside them the outbox and the inbox, so that one transaction covers all.</summary>
internal sealed class MongoEngine(MongoStore store, MongoSchema schema, OutboxSignal signal) : IStorageEngine
{
    public bool IsShared => true;

    public Task OpenAsync(CancellationToken ct) => schema.OpenAsync(ct);

    public async Task<StoredDocument?> FindAsync(DocumentType type, string id, CancellationToken ct)
    {
        await OpenAsync(ct);
        var found = await store.RunAsync(() => store.Documents(type).Find(new BsonDocument("_id", id)).FirstOrDefaultAsync(ct));
        return found is null ? null : MongoDocument.Read(found);
    }

    public async Task<IReadOnlyList<StoredDocument>> FindManyAsync(DocumentType type, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await OpenAsync(ct);
        var found = await store.RunAsync(() => store.Documents(type).Find(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)))).ToListAsync(ct));
        return found.ConvertAll(MongoDocument.Read);
    }

    public async Task<StoredPage> FindAsync(DocumentType type, StoredQuery query, CancellationToken ct)
    {
        await OpenAsync(ct);
        return await store.RunAsync(() => new MongoQuery(type, query).RunAsync(store.Documents(type), ct));
    }

    public async Task<long> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        await OpenAsync(ct);
        var revision = await new MongoCommit(store, changes).RunAsync(ct);
        if (changes.Events.Count > 0)
            signal.Raise();
        return revision;
    }
}
