using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>The outbox of several replicas: claims are rows with an end, by the clock of the server.</summary>
internal sealed class PostgreSqlOutbox(PostgreSqlDatabase database, StorageOptions options, TimeProvider time) : IOutbox
{
    private const string Columns = "position, attempts, id, topic, type, subject, data, time, traceparent, tracestate";
    private const long ClaimLock = 0x45434F53_0002;

    /// <summary>
    /// An event is free unless it, or an earlier one of its subject, is claimed or waits. A claim that would last longer than any does
    /// was made before the clock went backwards and no longer counts. What is held is gathered first: asked for each event it would be
    /// counted again and again, in a backlog of thousands for half a second.
    /// </summary>
    private const string Claim = $"""
        WITH held AS MATERIALIZED (
          SELECT topic, subject, min(position) AS first FROM outbox
          WHERE until > now() AND until < now() + interval '1 hour'
          GROUP BY topic, subject)
        UPDATE outbox SET relay = $1, until = now() + $3 * interval '1 millisecond'
        WHERE position IN (
          SELECT o.position FROM outbox o
          WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.topic = o.topic AND h.subject = o.subject AND h.first <= o.position)
          ORDER BY o.position LIMIT $2)
        RETURNING {Columns}
        """;

    /// <summary>What a restored store has to send, for <see cref="Event"/>: what waits, and what was sent so lately that a consumer's backup may lack it.</summary>
    public const string ForBackup = $"SELECT {Columns} FROM sent UNION ALL SELECT {Columns} FROM outbox ORDER BY position";

    /// <summary>
    /// Events of one subject get their positions one transaction after the other: without the lock the later transaction
    /// could commit, and be sent, first.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Add(IReadOnlyList<OutboxEvent> events)
    {
        foreach (var subject in events.Select(published => $"{published.Topic}\n{published.Subject}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            yield return BatchCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", subject);
        foreach (var published in events)
        {
            yield return BatchCommand(
                "INSERT INTO outbox (id, topic, type, subject, data, time, traceparent, tracestate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                published.Id, published.Topic, published.Type, published.Subject, published.Data,
                published.Time.ToUnixTimeMilliseconds(), published.TraceParent, published.TraceState);
        }
    }

    /// <summary>One claim at a time: two at once could each take what the other's order forbids.</summary>
    public Task<IReadOnlyList<OutboxClaim>> ClaimAsync(string relay, int count, TimeSpan lease, CancellationToken ct) => database.TransactAsync(async connection =>
    {
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", ct, ClaimLock);
        var claims = await connection.RowsAsync(Claim, row => new OutboxClaim(row.GetInt64(0), Event(row), row.GetInt32(1)), ct,
            relay, (long)count, lease.TotalMilliseconds);
        claims.Sort((one, other) => one.Position.CompareTo(other.Position));
        return (IReadOnlyList<OutboxClaim>)claims;
    }, ct);

    public Task RemoveAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct) => options.SentRetention > TimeSpan.Zero
        ? ExecuteAsync(
            $"""
            WITH gone AS (DELETE FROM outbox WHERE position = ANY($1) RETURNING {Columns})
            INSERT INTO sent ({Columns}, sent) SELECT {Columns}, $2 FROM gone
            """, ct, positions.ToArray(), time.GetUtcNow().ToUnixTimeMilliseconds())
        : ExecuteAsync("DELETE FROM outbox WHERE position = ANY($1)", ct, positions.ToArray());

    public Task<int> ForgetSentAsync(DateTimeOffset moment, CancellationToken ct) =>
        ExecuteAsync("DELETE FROM sent WHERE sent < $1", ct, moment.ToUnixTimeMilliseconds());

    public Task PostponeAsync(string relay, long position, TimeSpan delay, string reason, CancellationToken ct) => ExecuteAsync(
        "UPDATE outbox SET attempts = attempts + 1, reason = $2, relay = NULL, until = now() + $3 * interval '1 millisecond' WHERE position = $1",
        ct, position, reason, delay.TotalMilliseconds);

    public Task ReleaseAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct) =>
        ExecuteAsync("UPDATE outbox SET relay = NULL, until = NULL WHERE position = ANY($1) AND relay = $2", ct, positions.ToArray(), relay);

    public Task<OutboxState> StateAsync(CancellationToken ct) => database.RunAsync(async connection =>
        (await connection.RowsAsync("SELECT count(*), min(time) FROM outbox", row => new OutboxState(
            row.GetInt64(0), row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), ct))[0], ct);

    private Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] arguments) =>
        database.RunAsync(connection => connection.ExecuteAsync(sql, ct, arguments), ct);

    public static OutboxEvent Event(NpgsqlDataReader row) => new(
        row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)), Text(row, 8), Text(row, 9));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
