using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>Computes the index values that documents lack: those stored before an index was declared, and those written by a replica of another release.</summary>
internal sealed class MongoIndexing(MongoStore store, DocumentType type)
{
    private const int Chunk = 500;

    private IMongoCollection<BsonDocument> Documents => store.Documents(type);

    /// <summary>Works beside the writes of other replicas. Returns the documents whose unique value another one has.</summary>
    public async Task<IReadOnlyList<string>> FillAsync(CancellationToken ct)
    {
        var colliding = new List<string>();
        var rows = await LackingAsync(after: "", ct);
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                if (await TryFillAsync(row, withUnique: true, ct))
                    continue;

                colliding.Add(row.Id); // a release that did not know the index let a second document have the value
                await TryFillAsync(row, withUnique: false, ct);
            }

            rows = await LackingAsync(rows[^1].Id, ct);
        }

        return colliding;
    }

    /// <summary>What a newer version wrote is left to replicas of that version; this one could not read it.</summary>
    private async Task<List<StoredDocument>> LackingAsync(string after, CancellationToken ct)
    {
        if (type.Indexes.Count == 0)
            return [];

        var lacking = new BsonDocument
        {
            { "_id", new BsonDocument("$gt", after) },
            { MongoDocument.Done, new BsonDocument("$not", new BsonDocument("$all", MongoDocument.Keys(type))) },
            { "version", new BsonDocument("$lte", type.Version) },
        };
        var rows = await store.RunAsync(() => Documents.Find(lacking).Sort(new BsonDocument("_id", 1)).Limit(Chunk).ToListAsync(ct));
        return rows.ConvertAll(MongoDocument.Read);
    }

    /// <summary>A document that changes meanwhile has its values from whoever changed it. Returns false when another one has its unique value.</summary>
    private async Task<bool> TryFillAsync(StoredDocument row, bool withUnique, CancellationToken ct)
    {
        var values = type.IndexValuesOf(DocumentCodec.Decode(type, row));
        var (set, unset) = (new BsonDocument(), new BsonDocument());
        for (var i = 0; i < values.Count; i++)
        {
            var (index, field) = (type.Indexes[i], MongoDocument.Field(type, type.Indexes[i]));
            if (index.IsMany)
                set.Add(field, new BsonArray(values[i].Select(MongoDocument.ToBson)));
            else if (values[i][0] is { } value && (withUnique || !index.IsUnique))
                set.Add(field, MongoDocument.ToBson(value));
            else
                unset.Add(field, "");
        }

        var update = new BsonDocument("$addToSet", new BsonDocument(MongoDocument.Done, new BsonDocument("$each", MongoDocument.Keys(type))));
        if (set.ElementCount > 0)
            update.Add("$set", set);
        if (unset.ElementCount > 0)
            update.Add("$unset", unset);
        try
        {
            var filter = new BsonDocument { { "_id", row.Id }, { MongoDocument.Revision, row.Revision } };
            await store.RunAsync(() => Documents.UpdateOneAsync(filter, update, options: null, ct));
            return true;
        }
        catch (MongoWriteException taken) when (MongoErrors.IsDuplicate(taken))
        {
            return false;
        }
    }
}
