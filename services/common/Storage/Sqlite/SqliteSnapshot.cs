using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>Backups of a file: read within one transaction on a connection of its own, which the write-ahead log keeps at one moment.</summary>
internal sealed class SqliteSnapshot(SqliteDatabase database, DocumentTypes types) : IStoreSnapshot
{
    private const int Chunk = 500;

    public async IAsyncEnumerable<BackupRecord> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask; // SQLite reads synchronously
        using var session = new SqliteSession(database.Path, SqliteOpenMode.ReadWrite);
        session.Execute("PRAGMA query_only = 1");
        session.Execute("BEGIN");
        foreach (var record in Documents(session).Concat(Waiting(session)).Concat(Received(session)))
        {
            ct.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public Task<bool> FillAsync(IEnumerable<BackupRecord> records, CancellationToken ct) => database.WriteAsync(session =>
    {
        if (!IsEmpty(session))
            return false;

        var revision = 0L;
        foreach (var record in records)
        {
            Write(session, record);
            if (record is BackupRecord.Document document)
                revision = Math.Max(revision, document.Stored.Revision);
        }

        session.Execute("UPDATE store SET value = $1 WHERE key = 'revision'", BackupFormat.FirstRevisionAfter(revision));
        return true;
    }, ct);

    private static IEnumerable<BackupRecord> Documents(SqliteSession session)
    {
        foreach (var type in session.Rows("SELECT name FROM types ORDER BY name", row => row.GetString(0)))
        {
            var rows = session.Rows($"SELECT id, revision, version, body FROM doc_{type} ORDER BY id LIMIT {Chunk}", SqliteStatements.Document);
            while (rows.Count > 0)
            {
                foreach (var row in rows)
                    yield return new BackupRecord.Document(type, row);
                rows = session.Rows(
                    $"SELECT id, revision, version, body FROM doc_{type} WHERE id > $1 ORDER BY id LIMIT {Chunk}", SqliteStatements.Document, rows[^1].Id);
            }
        }
    }

    private static IEnumerable<BackupRecord> Waiting(SqliteSession session)
    {
        var rows = SqliteOutbox.ReadForBackup(session, after: 0, Chunk);
        while (rows.Count > 0)
        {
            foreach (var row in rows)
                yield return new BackupRecord.Waiting(row.Event);
            rows = SqliteOutbox.ReadForBackup(session, rows[^1].Position, Chunk);
        }
    }

    private static IEnumerable<BackupRecord> Received(SqliteSession session)
    {
        const string Columns = "SELECT source, id, received FROM inbox";
        var rows = session.Rows($"{Columns} ORDER BY source, id LIMIT {Chunk}", Key);
        while (rows.Count > 0)
        {
            foreach (var row in rows)
                yield return row;
            rows = session.Rows($"{Columns} WHERE (source, id) > ($1, $2) ORDER BY source, id LIMIT {Chunk}", Key, rows[^1].Key.Source, rows[^1].Key.Id);
        }
    }

    private static BackupRecord.Received Key(SqliteDataReader row) => new(new EventKey(row.GetString(0), row.GetString(1)), row.GetInt64(2));

    private bool IsEmpty(SqliteSession session) => types.All.Select(type => SqliteStatements.Of(type).Table).Append("outbox").Append("inbox")
        .All(table => session.Scalar($"SELECT 1 FROM {table} LIMIT 1") is null);

    private void Write(SqliteSession session, BackupRecord record)
    {
        switch (record)
        {
            case BackupRecord.Document document:
                SqliteStatements.Of(types.Named(document.Type)).Restore(session, document.Stored);
                break;
            case BackupRecord.Waiting waiting:
                SqliteOutbox.Add(session, waiting.Event);
                break;
            case BackupRecord.Received received:
                session.Execute("INSERT INTO inbox VALUES ($1, $2, $3)", received.Key.Source, received.Key.Id, received.Milliseconds);
                break;
        }
    }
}
