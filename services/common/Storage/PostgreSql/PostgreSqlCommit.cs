using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Applies one change set: all statements in one round trip, then the commit.</summary>
internal sealed class PostgreSqlCommit(NpgsqlConnection connection, ChangeSet changes)
{
    private readonly List<Expectation> _expected = [];
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

        if (_expected.Find(expected => !expected.IsMet) is { } unmet)
        {
            await transaction.RollbackAsync(ct);
            throw await unmet.ExplainAsync(ct);
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
        if (changes.Received.Count > 0)
            Expect(batch, Received(), changes.Received.Count, async ct => new AlreadyReceivedException(await KnownAsync(ct)));
        foreach (var delete in changes.Deletes)
            Add(batch, delete);
        foreach (var write in changes.Writes)
            Add(batch, write);
        if (changes.Events.Count > 0)
            batch.BatchCommands.Add(PostgreSqlOutbox.Add(changes.Events));
        return batch;
    }

    private NpgsqlBatchCommand Begin() => changes.Events.Count == 0
        ? BatchCommand("SELECT nextval('revision'), pg_current_xact_id()::text")
        : BatchCommand(
            """
            SELECT nextval('revision'), pg_current_xact_id()::text,
              (SELECT count(pg_advisory_xact_lock(hashtextextended(turn, 0))::text) FROM unnest($1) turn)
            """, [PostgreSqlOutbox.Turns(changes.Events)]);

    private NpgsqlBatchCommand Received() => BatchCommand(
        "INSERT INTO inbox (source, id, received) SELECT source, id, $3 FROM unnest($1, $2) AS received (source, id) ON CONFLICT DO NOTHING",
        Sources(), Ids(), changes.Time.ToUnixTimeMilliseconds());

    /// <summary>The first that another transaction has received, or that is there twice.</summary>
    private async Task<EventKey> KnownAsync(CancellationToken ct)
    {
        var known = await connection.RowsAsync(PostgreSqlInbox.Known, PostgreSqlInbox.Key, ct, Sources(), Ids());
        return changes.Received.FirstOrDefault(known.Contains, changes.Received.GroupBy(key => key).MaxBy(keys => keys.Count())!.Key);
    }

    private string[] Sources() => [.. changes.Received.Select(key => key.Source)];

    private string[] Ids() => [.. changes.Received.Select(key => key.Id)];

    private void Add(NpgsqlBatch batch, DocumentDelete delete)
    {
        var command = PostgreSqlStatements.Of(delete.Type).Delete(delete);
        if (delete.Guard is Guard.Seen)
            Expect(batch, command, 1, async ct => EngineExceptions.Changed(delete.Id, await RevisionAsync(delete.Type, delete.Id, ct)));
        else
            batch.BatchCommands.Add(command);
    }

    private void Add(NpgsqlBatch batch, DocumentWrite write)
    {
        var command = PostgreSqlStatements.Of(write.Type).Write(write);
        _writes[command] = write;
        Expect(batch, command, 1, async ct => EngineExceptions.Changed(write.Id, await RevisionAsync(write.Type, write.Id, ct)));
    }

    private void Expect(NpgsqlBatch batch, NpgsqlBatchCommand command, int rows, Func<CancellationToken, Task<Exception>> otherwise)
    {
        _expected.Add(new Expectation(command, rows, otherwise));
        batch.BatchCommands.Add(command);
    }

    /// <summary>The reason may be a guard before the statement that failed.</summary>
    private async Task<Exception> ExplainAsync(PostgresException violation, CancellationToken ct)
    {
        if (_expected.TakeWhile(expected => expected.Command != violation.BatchCommand).FirstOrDefault(expected => !expected.IsMet) is { } earlier)
            return await earlier.ExplainAsync(ct);
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

    /// <summary>How many rows a statement changes when its guard holds. One that changes fewer does not stop the server.</summary>
    private sealed record Expectation(NpgsqlBatchCommand Command, int Rows, Func<CancellationToken, Task<Exception>> ExplainAsync)
    {
        public bool IsMet => Command.RecordsAffected >= Rows;
    }
}
