using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>The indexes of one document type, following its declaration while other replicas read and write: the server builds them meanwhile.</summary>
internal sealed class MongoTypeSchema(MongoStore store, DocumentType type, TimeProvider time)
{
    public async Task BringUpToDateAsync(CancellationToken ct)
    {
        var known = await store.RunAsync(() => store.Types.Find(new BsonDocument("_id", type.Name)).FirstOrDefaultAsync(ct));
        if (known is not null && known["version"].ToInt32() > type.Version)
        {
            throw new StoreDamagedException(
                $"'{type.Name}' in {store.Name} has version {known["version"]}; this release knows up to {type.Version}. Run the newer release.");
        }

        var indexes = await store.RunAsync(() => store.Indexes.Find(new BsonDocument("type", type.Name)).ToListAsync(ct));
        var inUse = indexes.Where(index => index["retired"].IsBsonNull).Select(index => index["key"].AsString).ToList();
        await new MongoIndexing(store, type).FillAsync(ct);
        foreach (var index in type.Indexes.Where(index => !inUse.Contains(index.KeyIn(type))))
            await AddAsync(index, isFirst: known is null, ct);
        foreach (var gone in indexes.Where(index => inUse.Contains(index["key"].AsString) && type.Indexes.All(declared => declared.KeyIn(type) != index["key"].AsString)))
            await RetireAsync(gone, ct);
        await UpsertAsync(store.Types, type.Name, new BsonDocument("version", type.Version), ct);
    }

    /// <summary>Removes the indexes which only releases used that no longer run.</summary>
    public async Task DropRetiredAsync(TimeSpan rollOut, CancellationToken ct)
    {
        var old = new BsonDocument
        {
            { "type", type.Name },
            { "retired", new BsonDocument("$lt", (time.GetUtcNow() - rollOut).ToUnixTimeMilliseconds()) },
        };
        foreach (var index in await store.RunAsync(() => store.Indexes.Find(old).ToListAsync(ct)))
            await DropAsync(index["key"].AsString, ct);
    }

    private async Task AddAsync(DocumentIndex index, bool isFirst, CancellationToken ct)
    {
        await CreateAsync(index, ct);
        await UpsertAsync(store.Indexes, $"{type.Name}/{index.KeyIn(type)}", new BsonDocument
        {
            { "type", type.Name },
            { "key", index.KeyIn(type) },
            { "unique", index.IsUnique },
            { "changed", isFirst ? 0L : time.GetUtcNow().ToUnixTimeMilliseconds() },
            { "retired", BsonNull.Value },
        }, ct);
    }

    /// <summary>
    /// An index no longer declared stays for replicas of the release before, except that a value which need not be unique any more
    /// must not be refused any more.
    /// </summary>
    private Task RetireAsync(BsonDocument index, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return index["unique"].AsBoolean
            ? DropAsync(index["key"].AsString, ct)
            : UpsertAsync(store.Indexes, index["_id"].AsString, new BsonDocument { { "changed", now }, { "retired", now } }, ct);
    }

    private async Task DropAsync(string key, CancellationToken ct)
    {
        await store.RunAsync(async () =>
        {
            var names = await (await store.Documents(type).Indexes.ListAsync(ct)).ToListAsync(ct);
            if (names.Exists(index => index["name"].AsString == key))
                await store.Documents(type).Indexes.DropOneAsync(key, ct);
            return true;
        });
        await store.RunAsync(() => store.Indexes.DeleteOneAsync(new BsonDocument("_id", $"{type.Name}/{key}"), ct));
    }

    private async Task CreateAsync(DocumentIndex index, CancellationToken ct)
    {
        var field = MongoDocument.Field(type, index);
        var keys = index.IsMany || index.IsUnique ? new BsonDocument(field, 1) : new BsonDocument { { field, 1 }, { "_id", 1 } };
        var settings = new CreateIndexOptions { Name = index.KeyIn(type), Unique = index.IsUnique, Sparse = index.IsUnique };
        try
        {
            await store.RunAsync(() => store.Documents(type).Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys, settings), cancellationToken: ct));
        }
        catch (MongoCommandException duplicate) when (MongoErrors.IsDuplicate(duplicate))
        {
            throw new StoreDamagedException(
                $"'{type.Name}' cannot be unique by '{index.Name}': documents {await SharingAsync(field, ct)} share a value. Correct them with the release before this one.", duplicate);
        }
    }

    private async Task<string> SharingAsync(string field, CancellationToken ct)
    {
        var sharing = await store.RunAsync(() => store.Documents(type).Aggregate()
            .Match(new BsonDocument(field, new BsonDocument("$ne", BsonNull.Value)))
            .Sort(new BsonDocument("_id", 1))
            .Group<BsonDocument>(new BsonDocument { { "_id", "$" + field }, { "ids", new BsonDocument("$push", "$_id") } })
            .Match(new BsonDocument("ids.1", new BsonDocument("$exists", true)))
            .FirstOrDefaultAsync(ct));
        return sharing is null ? "that have changed since" : string.Join(", ", sharing["ids"].AsBsonArray.Select(id => id.AsString));
    }

    private Task UpsertAsync(IMongoCollection<BsonDocument> collection, string id, BsonDocument values, CancellationToken ct) => store.RunAsync(() =>
        collection.UpdateOneAsync(new BsonDocument("_id", id), new BsonDocument("$set", values), new UpdateOptions { IsUpsert = true }, ct));
}
