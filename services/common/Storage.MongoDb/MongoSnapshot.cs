using System.Runtime.CompilerServices;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>
/// Backups of a replica set: read in a snapshot session (MongoDB 5.0 and later), whose moment the server keeps for five minutes unless
/// <c>minSnapshotHistoryWindowInSeconds</c> says more. A transaction would be cut off after one minute.
/// </summary>
internal sealed class MongoSnapshot(MongoStore store, DocumentTypes types) : IStoreSnapshot
{
    /// <summary>Marks a store that is being filled: a transaction cannot hold that much, so a start that finds the mark refuses the store.</summary>
    public const string Restoring = "restoring";

    private const int Chunk = 500;

    private static readonly BsonDocument Everything = new();
    private static readonly BsonDocument InOrder = new("_id", 1);

    public async IAsyncEnumerable<BackupRecord> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var moment = await store.SnapshotAsync(ct);
        foreach (var type in await store.Types.Find(moment, Everything).Sort(InOrder).ToListAsync(ct))
        {
            var name = type["_id"].AsString;
            await foreach (var row in RowsAsync(store.Documents(name), moment, ct))
                yield return new BackupRecord.Document(name, MongoDocument.Read(row));
        }

        await foreach (var row in RowsAsync(store.Outbox, moment, ct))
            yield return new BackupRecord.Waiting(MongoOutbox.Event(row));
        await foreach (var row in RowsAsync(store.Inbox, moment, ct))
            yield return MongoInbox.Read(row);
    }

    public async Task<bool> FillAsync(IEnumerable<BackupRecord> records, CancellationToken ct)
    {
        if (!await IsEmptyAsync(ct))
            return false;

        await store.Counters.InsertOneAsync(new BsonDocument("_id", Restoring), options: null, ct);
        try
        {
            var (revision, position) = (1L, await store.NextAsync("position", ct));
            foreach (var chunk in records.Chunk(Chunk))
            {
                foreach (var part in chunk.Select(record => Placed(record, ref position)).GroupBy(placed => placed.Where, placed => placed.What))
                    await store.Collection(part.Key).InsertManyAsync(part, options: null, ct);
                revision = chunk.OfType<BackupRecord.Document>().Select(document => document.Stored.Revision).Append(revision).Max();
            }

            await SetAsync("revision", BackupFormat.FirstRevisionAfter(revision), ct);
            await SetAsync("position", position, ct);
        }
        catch
        {
            await ClearAsync();
            throw;
        }

        await store.Counters.DeleteOneAsync(new BsonDocument("_id", Restoring), ct);
        return true;
    }

    private static async IAsyncEnumerable<BsonDocument> RowsAsync(
        IMongoCollection<BsonDocument> collection, IClientSessionHandle moment, [EnumeratorCancellation] CancellationToken ct)
    {
        using var cursor = await collection.FindAsync<BsonDocument>(
            moment, Everything, new FindOptions<BsonDocument, BsonDocument> { Sort = InOrder, BatchSize = Chunk }, ct);
        while (await cursor.MoveNextAsync(ct))
        {
            foreach (var row in cursor.Current)
                yield return row;
        }
    }

    private IEnumerable<string> Places => types.All.Select(type => MongoStore.PlaceOf(type.Name)).Append("outbox").Append("inbox");

    private async Task<bool> IsEmptyAsync(CancellationToken ct)
    {
        foreach (var place in Places)
        {
            if (await store.RunAsync(() => store.Collection(place).Find(Everything).AnyAsync(ct)))
                return false;
        }

        return true;
    }

    private (string Where, BsonDocument What) Placed(BackupRecord record, ref long position)
    {
        switch (record)
        {
            case BackupRecord.Document document:
                var type = types.Named(document.Type);
                return (MongoStore.PlaceOf(type.Name), MongoDocument.Of(type, document.Stored, type.IndexValuesOf(DocumentCodec.Decode(type, document.Stored))));
            case BackupRecord.Waiting waiting:
                return ("outbox", MongoOutbox.Entry(++position, waiting.Event));
            case BackupRecord.Received received:
                return ("inbox", MongoInbox.Entry(received.Key, received.Milliseconds));
            default:
                throw new NotSupportedException(record.GetType().Name);
        }
    }

    private Task SetAsync(string counter, long value, CancellationToken ct) => store.Counters.UpdateOneAsync(
        new BsonDocument("_id", counter), new BsonDocument("$set", new BsonDocument("value", value)), new UpdateOptions { IsUpsert = true }, ct);

    private async Task ClearAsync()
    {
        foreach (var place in Places)
            await store.Collection(place).DeleteManyAsync(Everything, CancellationToken.None);
        await store.Counters.DeleteOneAsync(new BsonDocument("_id", Restoring), CancellationToken.None);
    }
}
