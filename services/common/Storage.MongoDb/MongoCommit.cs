using MongoDB.Bson;
using MongoDB.Driver;

namespace Ecosystem.Storage.MongoDb;

/// <summary>Applies one change set in one transaction. An error ends the transaction on the server, so what it means is asked afterwards.</summary>
internal sealed class MongoCommit(MongoStore store, ChangeSet changes)
{
    private Func<CancellationToken, Exception, Task<Exception>>? _explain;

    public async Task<long> RunAsync(CancellationToken ct)
    {
        try
        {
            return await store.TransactAsync(ApplyAsync, ct);
        }
        catch (Exception refusal) when (_explain is not null && (refusal is NothingMatchedException || MongoErrors.IsDuplicate(refusal)))
        {
            throw await _explain(ct, refusal);
        }
    }

    private async Task<long> ApplyAsync(IClientSessionHandle session, CancellationToken ct)
    {
        var revision = await store.NextAsync("revision", ct);
        foreach (var key in changes.Received)
        {
            _explain = (_, refusal) => Task.FromResult<Exception>(new AlreadyReceivedException(key, refusal));
            await store.Inbox.InsertOneAsync(session, MongoInbox.Entry(key, changes.Time.ToUnixTimeMilliseconds()), options: null, ct);
        }

        foreach (var delete in changes.Deletes)
            await DeleteAsync(session, delete, ct);
        foreach (var write in changes.Writes)
            await WriteAsync(session, write, revision, ct);
        _explain = null;
        await MongoOutbox.AddAsync(store, session, changes.Events, ct);
        return revision;
    }

    private async Task DeleteAsync(IClientSessionHandle session, DocumentDelete delete, CancellationToken ct)
    {
        _explain = async (later, _) => EngineExceptions.Changed(delete.Id, await RevisionAsync(delete.Type, delete.Id, later));
        var deleted = await store.Documents(delete.Type).DeleteOneAsync(session, Guarded(delete.Id, delete.Guard), options: null, ct);
        if (deleted.DeletedCount == 0 && delete.Guard is Guard.Seen)
            throw new NothingMatchedException();
    }

    private async Task WriteAsync(IClientSessionHandle session, DocumentWrite write, long revision, CancellationToken ct)
    {
        _explain = (later, refusal) => ExplainAsync(write, refusal, later);
        var document = MongoDocument.Of(write.Type, new StoredDocument(write.Id, revision, write.Type.Version, write.Body), write.Values);
        var documents = store.Documents(write.Type);
        if (write.Guard is not Guard.Seen)
        {
            await documents.InsertOneAsync(session, document, options: null, ct);
            return;
        }

        var replaced = await documents.ReplaceOneAsync(session, Guarded(write.Id, write.Guard), document, new ReplaceOptions(), ct);
        if (replaced.MatchedCount == 0)
            throw new NothingMatchedException();
    }

    private async Task<Exception> ExplainAsync(DocumentWrite write, Exception refusal, CancellationToken ct)
    {
        var current = await RevisionAsync(write.Type, write.Id, ct);
        if (refusal is NothingMatchedException)
            return EngineExceptions.Changed(write.Id, current);
        if (write.Guard is not Guard.Seen && current is { } revision)
            return EngineExceptions.Taken(write, revision, refusal);

        // The message names the index: "E11000 duplicate key error collection: catalog.doc_clinics index: register_unique_text_1 dup key: ...".
        var index = write.Type.Indexes.FirstOrDefault(index => refusal.Message.Contains($"index: {index.KeyIn(write.Type)} ", StringComparison.Ordinal));
        return new UniqueConstraintException(write.Type.Name, index?.Name ?? "an index of a newer release", write.Id, refusal);
    }

    private Task<long?> RevisionAsync(DocumentType type, string id, CancellationToken ct) => store.RunAsync(async () =>
    {
        var found = await store.Documents(type).Find(new BsonDocument("_id", id)).FirstOrDefaultAsync(ct);
        return found?[MongoDocument.Revision].ToInt64();
    });

    private static BsonDocument Guarded(string id, Guard guard)
    {
        var filter = new BsonDocument("_id", id);
        if (guard is Guard.Seen seen)
            filter.Add(MongoDocument.Revision, seen.Revision);
        return filter;
    }

    /// <summary>Ends the transaction; never leaves this class.</summary>
    private sealed class NothingMatchedException : Exception;
}
