using System.Text;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>
/// The outbox in a file. The file has one owner, so claims and waiting times live in its memory and cost no write; after a
/// crash every event left is free to be sent again, which at-least-once delivery allows.
/// </summary>
internal sealed class SqliteOutbox(SqliteDatabase database, StorageOptions options, TimeProvider time) : IOutbox, IDisposable
{
    private const string Columns = "position, attempts, id, topic, type, subject, data, time, traceparent, tracestate";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<long, Hold> _held = [];

    public static void Add(SqliteSession session, OutboxEvent published) => session.Execute(
        "INSERT INTO outbox (id, topic, type, subject, data, time, traceparent, tracestate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        published.Id, published.Topic, published.Type, published.Subject, published.Data,
        published.Time.ToUnixTimeMilliseconds(), published.TraceParent, published.TraceState);

    /// <summary>
    /// Looking and claiming are one step, and an event is free again only after its row is gone: otherwise a second relay could
    /// read it just before it is removed and claim it just after.
    /// </summary>
    public async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(string relay, ClaimSize size, TimeSpan lease, CancellationToken ct)
    {
        using var _ = await EnterAsync(ct);
        var claimed = await database.ReadAsync(session => Free(session, size), ct);
        foreach (var row in claimed)
            _held[row.Position] = new Hold(relay, time.GetTimestamp(), lease);
        return claimed;
    }

    public async Task RemoveAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await database.WriteAsync(session => positions.Sum(position => Remove(session, position, now)), ct);
        await ReleaseAsync(relay, positions, ct);
    }

    public async Task PostponeAsync(string relay, long position, TimeSpan delay, string reason, CancellationToken ct)
    {
        using (await EnterAsync(ct))
            _held[position] = new Hold(Relay: null, time.GetTimestamp(), delay);
        await database.WriteAsync(
            session => session.Execute("UPDATE outbox SET attempts = attempts + 1, reason = $2 WHERE position = $1", position, reason), ct);
    }

    public async Task ReleaseAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct)
    {
        using var _ = await EnterAsync(ct);
        foreach (var position in positions.Where(position => _held.TryGetValue(position, out var hold) && hold.Relay == relay))
            _held.Remove(position);
    }

    public Task<OutboxState> StateAsync(CancellationToken ct) => database.ReadAsync(
        session => session.Rows("SELECT count(*), min(time) FROM outbox", row => new OutboxState(
            row.GetInt64(0), row.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))))[0], ct);

    /// <summary>What a restored store has to send: what waits, and what was sent so lately that a consumer's backup may lack it.</summary>
    public static List<OutboxClaim> ReadForBackup(SqliteSession session, long after, int count) => session.Rows(
        $"SELECT {Columns} FROM (SELECT {Columns} FROM sent UNION ALL SELECT {Columns} FROM outbox) WHERE position > $1 ORDER BY position LIMIT $2",
        Claim, after, (long)count);

    public Task<int> ForgetSentAsync(DateTimeOffset moment, CancellationToken ct) => database.WriteAsync(
        session => session.Execute("DELETE FROM sent WHERE sent < $1", moment.ToUnixTimeMilliseconds()), ct);

    private int Remove(SqliteSession session, long position, long now)
    {
        if (options.SentRetention > TimeSpan.Zero)
            session.Execute($"INSERT INTO sent ({Columns}, sent) SELECT {Columns}, $2 FROM outbox WHERE position = $1", position, now);
        return session.Execute("DELETE FROM outbox WHERE position = $1", position);
    }

    /// <summary>The oldest events that are neither held nor behind one of their subject that is.</summary>
    private List<OutboxClaim> Free(SqliteSession session, ClaimSize size)
    {
        var free = new List<OutboxClaim>();
        var blocked = new HashSet<(string Topic, string Subject)>();
        var bytes = 0L;
        session.Each($"SELECT {Columns} FROM outbox ORDER BY position", Claim, row =>
        {
            var subject = (row.Event.Topic, row.Event.Subject);
            if (blocked.Contains(subject) || IsHeld(row))
            {
                blocked.Add(subject);
                return true;
            }

            free.Add(row);
            bytes += Encoding.UTF8.GetByteCount(row.Event.Data);
            return free.Count < size.Events && bytes < size.Bytes;
        });
        return free;
    }

    private static OutboxClaim Claim(SqliteDataReader row) => new(row.GetInt64(0), Event(row), row.GetInt32(1));

    private static OutboxEvent Event(SqliteDataReader row) => new(
        row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)), Text(row, 8), Text(row, 9));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private bool IsHeld(OutboxClaim row) =>
        _held.TryGetValue(row.Position, out var hold) && time.GetElapsedTime(hold.Since) < hold.Length;

    private async Task<Turn> EnterAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>By the monotonic clock: a wall clock that goes backwards holds nothing up.</summary>
    private sealed record Hold(string? Relay, long Since, TimeSpan Length);

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
