using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>Documents in a file: one table per type, beside them the outbox and the inbox, so that one transaction covers all.</summary>
internal sealed class SqliteEngine(SqliteDatabase database, DocumentTypes types, OutboxSignal signal) : IStorageEngine
{
    private readonly SqliteIndexing _indexing = new(database, types);

    /// <summary>A file belongs to one process: its lock sees to that.</summary>
    public bool IsShared => false;

    public Task OpenAsync(CancellationToken ct)
    {
        database.Open();
        return _indexing.StartAsync(ct);
    }

    public Task<StoredDocument?> FindAsync(DocumentType type, string id, CancellationToken ct) =>
        database.ReadAsync(session => SqliteStatements.Of(type).Find(session, id), ct);

    public Task<IReadOnlyList<StoredDocument>> FindManyAsync(DocumentType type, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        database.ReadAsync(session => SqliteStatements.Of(type).FindMany(session, ids), ct);

    public async Task<StoredPage> FindAsync(DocumentType type, StoredQuery query, CancellationToken ct)
    {
        await _indexing.ReadyAsync(type, query, ct);
        return await database.ReadAsync(session => SqliteQuery.Run(session, type, query), ct);
    }

    public async Task<long> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        var revision = await database.WriteAsync(session => Apply(session, changes), ct);
        if (changes.Events.Count > 0)
            signal.Raise();
        return revision;
    }

    private static long Apply(SqliteSession session, ChangeSet changes)
    {
        foreach (var key in changes.Received)
            Receive(session, key, changes.Time);

        var revision = (long)session.Scalar("UPDATE store SET value = value + 1 WHERE key = 'revision' RETURNING value")!;
        foreach (var delete in changes.Deletes)
            SqliteStatements.Of(delete.Type).Delete(session, delete);
        foreach (var write in changes.Writes)
            SqliteStatements.Of(write.Type).Write(session, write, revision);
        foreach (var published in changes.Events)
            SqliteOutbox.Add(session, published);
        return revision;
    }

    private static void Receive(SqliteSession session, EventKey key, DateTimeOffset time)
    {
        try
        {
            session.Execute("INSERT INTO inbox VALUES ($1, $2, $3)", key.Source, key.Id, time.ToUnixTimeMilliseconds());
        }
        catch (SqliteException known) when (known.SqliteErrorCode == 19)
        {
            throw new AlreadyReceivedException(key, known);
        }
    }
}
