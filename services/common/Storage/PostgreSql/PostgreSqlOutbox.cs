using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>
/// The outbox of several replicas. Claims are held on subjects, by the clock of the server, and lie beside the events: these are large,
/// and to mark each would write it once more.
/// </summary>
internal sealed class PostgreSqlOutbox(PostgreSqlDatabase database, StorageOptions options, TimeProvider time) : IOutbox
{
    private const string Columns = "position, attempts, id, topic, type, subject, data, time, traceparent, tracestate";
    private const string Subject = "hashtextextended(topic || E'\\n' || subject, 0)"; // two subjects that share one only wait for each other
    private const long ClaimLock = 0x45434F53_0002;

    /// <summary>A claim that would last longer than any does was made before the clock went backwards and no longer counts.</summary>
    private const string EndClaims = "DELETE FROM claims WHERE until <= now() OR until > now() + interval '1 hour'";

    /// <summary>An event is free unless its subject is claimed, or one of its subject waits for its next attempt.</summary>
    private const string Claim = $"""
        WITH oldest AS (
          SELECT {Columns}, {Subject} AS held, octet_length(data) AS size FROM outbox
          WHERE {Subject} NOT IN (
            SELECT held FROM claims UNION SELECT {Subject} FROM outbox WHERE until > now() AND until < now() + interval '1 hour')
          ORDER BY position LIMIT $2),
        taken AS MATERIALIZED (
          SELECT * FROM (SELECT *, sum(size) OVER (ORDER BY position) - size AS before FROM oldest) counted WHERE before < $3),
        noted AS (
          INSERT INTO claims (last, held, relay, until)
          SELECT max(position), held, $1, now() + $4 * interval '1 millisecond' FROM taken GROUP BY held)
        SELECT {Columns} FROM taken ORDER BY position
        """;

    /// <summary>What a restored store has to send, for <see cref="Event"/>: what waits, and what was sent so lately that a consumer's backup may lack it.</summary>
    public const string ForBackup = $"SELECT {Columns} FROM sent UNION ALL SELECT {Columns} FROM outbox ORDER BY position";

    /// <summary>
    /// What serialises the transactions that publish on these subjects: without it the later of two could commit, and be sent, first,
    /// because an event has its position before its transaction has committed. In one order, so that no two wait for each other.
    /// </summary>
    public static string[] Turns(IReadOnlyList<OutboxEvent> events) =>
        [.. events.Select(published => $"{published.Topic}\n{published.Subject}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Positions in the order of the list.</summary>
    public static NpgsqlBatchCommand Add(IReadOnlyList<OutboxEvent> events)
    {
        return BatchCommand(
            """
            INSERT INTO outbox (id, topic, type, subject, data, time, traceparent, tracestate)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            All(published => published.Id), All(published => published.Topic), All(published => published.Type), All(published => published.Subject),
            All(published => published.Data), All(published => published.Time.ToUnixTimeMilliseconds()), All(published => published.TraceParent),
            All(published => published.TraceState));

        T[] All<T>(Func<OutboxEvent, T> value) => [.. events.Select(value)];
    }

    /// <summary>One claim at a time: two at once could each take what the other's order forbids.</summary>
    public Task<IReadOnlyList<OutboxClaim>> ClaimAsync(string relay, ClaimSize size, TimeSpan lease, CancellationToken ct) => database.RunAsync(async connection =>
    {
        await using var batch = connection.Batch(
            BatchCommand("SELECT pg_advisory_xact_lock($1)", ClaimLock),
            BatchCommand(EndClaims),
            BatchCommand(Claim, relay, (long)size.Events, size.Bytes, lease.TotalMilliseconds));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var claims = new List<OutboxClaim>();
        while (await reader.ReadAsync(ct))
            claims.Add(new OutboxClaim(reader.GetInt64(0), Event(reader), reader.GetInt32(1)));
        return (IReadOnlyList<OutboxClaim>)claims;
    }, ct);

    public Task RemoveAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct)
    {
        long[] sent = [.. positions];
        return TogetherAsync(ct, options.SentRetention > TimeSpan.Zero
            ? BatchCommand(
                $"""
                WITH gone AS (DELETE FROM outbox WHERE position = ANY($1) RETURNING {Columns})
                INSERT INTO sent ({Columns}, sent) SELECT {Columns}, $2 FROM gone
                """, sent, time.GetUtcNow().ToUnixTimeMilliseconds())
            : BatchCommand("DELETE FROM outbox WHERE position = ANY($1)", sent), End(relay, sent));
    }

    public Task<int> ForgetSentAsync(DateTimeOffset moment, CancellationToken ct) =>
        ExecuteAsync("DELETE FROM sent WHERE sent < $1", ct, moment.ToUnixTimeMilliseconds());

    public Task PostponeAsync(string relay, long position, TimeSpan delay, string reason, CancellationToken ct) => TogetherAsync(ct,
        BatchCommand(
            "UPDATE outbox SET attempts = attempts + 1, reason = $2, until = now() + $3 * interval '1 millisecond' WHERE position = $1",
            position, reason, delay.TotalMilliseconds),
        End(relay, [position]));

    public Task ReleaseAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct) => TogetherAsync(ct, End(relay, [.. positions]));

    public Task<OutboxState> StateAsync(CancellationToken ct) => database.RunAsync(async connection =>
        (await connection.RowsAsync("SELECT count(*), min(time) FROM outbox", row => new OutboxState(
            row.GetInt64(0), row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), ct))[0], ct);

    /// <summary>The claim on a subject ends with the last of its events that was claimed.</summary>
    private static NpgsqlBatchCommand End(string relay, long[] positions) =>
        BatchCommand("DELETE FROM claims WHERE last = ANY($1) AND relay = $2", positions, relay);

    /// <summary>In one transaction: the server makes one of what comes in one round trip.</summary>
    private Task TogetherAsync(CancellationToken ct, params NpgsqlBatchCommand[] commands) => database.RunAsync(async connection =>
    {
        await using var batch = connection.Batch(commands);
        return await batch.ExecuteNonQueryAsync(ct);
    }, ct);

    private Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] arguments) =>
        database.RunAsync(connection => connection.ExecuteAsync(sql, ct, arguments), ct);

    public static OutboxEvent Event(NpgsqlDataReader row) => new(
        row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)), Text(row, 8), Text(row, 9));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
