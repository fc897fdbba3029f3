using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Applies one change set: all statements in one round trip, then the commit.</summary>
internal sealed class PostgreSqlCommit(NpgsqlConnection connection, ChangeSet changes)
{
    private readonly List<(NpgsqlBatchCommand Command, Func<CancellationToken, Task<Exception>> WhenNothingMatched)> _guarded = [];
    private readonly Dictionary<NpgsqlBatchCommand, DocumentWrite> _writes = [];

    public async Task<long> RunAsync(CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = Batch();
        long revision;
        string transactionId;
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            (revision, transactionId) = (reader.GetInt64(0), reader.GetString(1));
            while (await reader.NextResultAsync(ct))
            {
                // Every statement is run to its end; a violation surfaces here.
            }
        }
        catch (PostgresException violation) when (violation.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await transaction.RollbackAsync(ct);
            throw await ExplainAsync(violation, ct);
        }

        foreach (var (command, whenNothingMatched) in _guarded.Where(guarded => guarded.Command.RecordsAffected == 0))
        {
            await transaction.RollbackAsync(ct);
            throw await whenNothingMatched(ct);
        }

        try
        {
            await transaction.CommitAsync(CancellationToken.None); // decided by the server from here, not by the caller's patience
        }
        catch (NpgsqlException lost) when (lost is not PostgresException)
        {
            throw new CommitInDoubtException(transactionId, revision, lost);
        }

        return revision;
    }

    private NpgsqlBatch Batch()
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Begin());
        foreach (var key in changes.Received)
            Guarded(batch, Received(key), _ => Task.FromResult<Exception>(new AlreadyReceivedException(key)));
        foreach (var delete in changes.Deletes)
            Add(batch, delete);
        foreach (var write in changes.Writes)
            Add(batch, write);
        foreach (var command in PostgreSqlOutbox.Add(changes.Events))
            batch.BatchCommands.Add(command);
        return batch;
    }

    private NpgsqlBatchCommand Begin() => changes.Events.Count == 0
        ? BatchCommand("SELECT nextval('revision'), pg_current_xact_id()::text")
        : BatchCommand(
            """
            SELECT nextval('revision'), pg_current_xact_id()::text,
              (SELECT count(pg_advisory_xact_lock(hashtextextended(turn, 0))::text) FROM unnest($1) turn)
            """, [PostgreSqlOutbox.Turns(changes.Events)]);

    private NpgsqlBatchCommand Received(EventKey key) => BatchCommand(
        "INSERT INTO inbox (source, id, received) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", key.Source, key.Id, changes.Time.ToUnixTimeMilliseconds());

    private void Add(NpgsqlBatch batch, DocumentDelete delete)
    {
        var command = PostgreSqlStatements.Of(delete.Type).Delete(delete);
        if (delete.Guard is Guard.Seen)
            Guarded(batch, command, async ct => EngineExceptions.Changed(delete.Id, await RevisionAsync(delete.Type, delete.Id, ct)));
        else
            batch.BatchCommands.Add(command);
    }

    private void Add(NpgsqlBatch batch, DocumentWrite write)
    {
        var command = PostgreSqlStatements.Of(write.Type).Write(write);
        _writes[command] = write;
        Guarded(batch, command, async ct => EngineExceptions.Changed(write.Id, await RevisionAsync(write.Type, write.Id, ct)));
    }

    private void Guarded(NpgsqlBatch batch, NpgsqlBatchCommand command, Func<CancellationToken, Task<Exception>> whenNothingMatched)
    {
        _guarded.Add((command, whenNothingMatched));
        batch.BatchCommands.Add(command);
    }

    /// <summary>A guard that matched nothing does not stop the server, so the reason may be one before the statement that failed.</summary>
    private async Task<Exception> ExplainAsync(PostgresException violation, CancellationToken ct)
    {
        var earlier = _guarded.TakeWhile(guarded => guarded.Command != violation.BatchCommand).FirstOrDefault(guarded => guarded.Command.RecordsAffected == 0);
        if (earlier.Command is not null)
            return await earlier.WhenNothingMatched(ct);
        if (violation.BatchCommand is not NpgsqlBatchCommand command || !_writes.TryGetValue(command, out var write))
            return violation;

        var statements = PostgreSqlStatements.Of(write.Type);
        if (violation.ConstraintName == statements.PrimaryKey)
            return EngineExceptions.Taken(write, await RevisionAsync(write.Type, write.Id, ct) ?? 0, violation);

        var index = write.Type.Indexes.FirstOrDefault(index => statements.IndexName(statements.Key(index)) == violation.ConstraintName);
        return new UniqueConstraintException(write.Type.Name, index?.Name ?? $"{violation.ConstraintName} (declared by a newer release)", write.Id, violation);
    }

    private async Task<long?> RevisionAsync(DocumentType type, string id, CancellationToken ct) =>
        (long?)await connection.ScalarAsync(PostgreSqlStatements.Of(type).RevisionOf, ct, id);
}
