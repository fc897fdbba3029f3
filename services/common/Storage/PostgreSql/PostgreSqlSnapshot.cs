using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Backups of a database: read in one repeatable-read transaction, which the server keeps at one moment.</summary>
internal sealed class PostgreSqlSnapshot(PostgreSqlDatabase database, DocumentTypes types) : IStoreSnapshot
{
    private const int Chunk = 500;

    public async IAsyncEnumerable<BackupRecord> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        foreach (var type in await connection.RowsAsync("SELECT name FROM types ORDER BY name", row => row.GetString(0), ct))
        {
            await foreach (var row in RowsAsync(connection, $"SELECT id, revision, version, body FROM doc_{type} ORDER BY id", PostgreSqlStatements.Document, ct))
                yield return new BackupRecord.Document(type, row);
        }

        await foreach (var row in RowsAsync(connection, PostgreSqlOutbox.ForBackup, PostgreSqlOutbox.Event, ct))
            yield return new BackupRecord.Waiting(row);
        await foreach (var row in RowsAsync(connection, "SELECT source, id, received FROM inbox", Key, ct))
            yield return row;
    }

    public Task<bool> FillAsync(IEnumerable<BackupRecord> records, CancellationToken ct) => database.TransactAsync(async connection =>
    {
        if (!await IsEmptyAsync(connection, ct))
            return false;

        var revision = 1L;
        foreach (var chunk in records.Chunk(Chunk))
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var command in chunk.SelectMany(Commands))
                batch.BatchCommands.Add(command);
            await batch.ExecuteNonQueryAsync(ct);
            revision = chunk.OfType<BackupRecord.Document>().Select(document => document.Stored.Revision).Append(revision).Max();
        }

        foreach (var type in types.All)
            await connection.ExecuteAsync($"ANALYZE {PostgreSqlStatements.Of(type).Table}", ct);
        await connection.ScalarAsync("SELECT setval('revision', $1)", ct, BackupFormat.FirstRevisionAfter(revision));
        return true;
    }, ct);

    private static async IAsyncEnumerable<T> RowsAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken ct)
    {
#pragma warning disable CA2100 // names come from the store itself
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return read(reader);
    }

    private static BackupRecord.Received Key(NpgsqlDataReader row) => new(new EventKey(row.GetString(0), row.GetString(1)), row.GetInt64(2));

    private async Task<bool> IsEmptyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var table in types.All.Select(type => PostgreSqlStatements.Of(type).Table).Append("outbox").Append("inbox"))
        {
            if (await connection.ScalarAsync($"SELECT 1 FROM {table} LIMIT 1", ct) is not null)
                return false;
        }

        return true;
    }

    private IEnumerable<NpgsqlBatchCommand> Commands(BackupRecord record) => record switch
    {
        BackupRecord.Document document => [PostgreSqlStatements.Of(types.Named(document.Type)).Restore(document.Stored)],
        BackupRecord.Waiting waiting => [PostgreSqlOutbox.Add([waiting.Event])],
        BackupRecord.Received received =>
            [BatchCommand("INSERT INTO inbox (source, id, received) VALUES ($1, $2, $3)", received.Key.Source, received.Key.Id, received.Milliseconds)],
        _ => throw new NotSupportedException(record.GetType().Name),
    };
}
