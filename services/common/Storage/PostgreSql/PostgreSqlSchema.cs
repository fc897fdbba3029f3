using System.Collections.Concurrent;
using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Creates and brings up to date the tables of a store. Replicas that start together do it one after the other.</summary>
internal sealed class PostgreSqlSchema(PostgreSqlDatabase database, DocumentTypes types, TimeProvider time)
{
    private const long SchemaLock = 0x45434F53_0001;
    private const int Version = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // a server that starts together with the service needs a moment

    private const string Tables = """
        CREATE TABLE store (version integer NOT NULL);
        INSERT INTO store VALUES (1);
        CREATE SEQUENCE revision;
        CREATE TABLE types (
          name text PRIMARY KEY, version integer NOT NULL, indexes text NOT NULL,
          layout integer NOT NULL, since timestamptz NOT NULL DEFAULT now());
        CREATE TABLE inbox (source text COLLATE "C", id text COLLATE "C", received bigint NOT NULL, PRIMARY KEY (source, id));
        CREATE INDEX inbox_received ON inbox (received);
        CREATE TABLE outbox (
          position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          id text NOT NULL, topic text NOT NULL, type text NOT NULL, subject text NOT NULL, data text NOT NULL,
          time bigint NOT NULL, traceparent text, tracestate text,
          attempts integer NOT NULL DEFAULT 0, reason text, relay text, until timestamptz);
        CREATE INDEX outbox_subject ON outbox (topic, subject, position);
        """;

    private readonly ConcurrentDictionary<DocumentType, int> _layouts = new();

    /// <summary>The number of this release's index declarations; known once the store is open.</summary>
    public int LayoutOf(DocumentType type) => _layouts[type];

    public async Task BringUpToDateAsync(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await database.RunAsync(connection => BringUpToDateAsync(connection, ct), ct);
                return;
            }
            catch (StoreUnavailableException) when (time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), time, ct);
            }
        }
    }

    /// <summary>
    /// Computes the index values of documents that a replica of an older release has written since. Returns false once the last change
    /// of declarations is so long ago that no older release runs any more.
    /// </summary>
    public Task<bool> FollowOlderReleasesAsync(CancellationToken ct) => database.RunAsync(async connection =>
    {
        var recent = await connection.RowsAsync(
            "SELECT name FROM types WHERE layout > 1 AND since > now() - interval '1 hour'", row => row.GetString(0), ct);
        foreach (var type in types.All.Where(type => recent.Contains(type.Name)))
            await new PostgreSqlTypeSchema(connection, type, database.Name).IndexAgainAsync(LayoutOf(type), ct);
        return recent.Count > 0;
    }, ct);

    private async Task<bool> BringUpToDateAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await LockAsync(connection, ct);
        try
        {
            await CreateAsync(connection, ct);
            foreach (var type in types.All)
                _layouts[type] = await new PostgreSqlTypeSchema(connection, type, database.Name).BringUpToDateAsync(ct);
            return true;
        }
        finally
        {
            await connection.ExecuteAsync("SELECT pg_advisory_unlock($1)", CancellationToken.None, SchemaLock);
        }
    }

    /// <summary>
    /// Asks again and again instead of waiting inside the server: a statement that waits holds a snapshot, the holder of the lock may be
    /// building an index concurrently, which waits for every snapshot, and so both would wait for each other.
    /// </summary>
    private async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        while (await connection.ScalarAsync("SELECT pg_try_advisory_lock($1)", ct, SchemaLock) is not true)
            await Task.Delay(TimeSpan.FromSeconds(0.2), time, ct);
    }

    private async Task CreateAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await connection.ScalarAsync("SELECT to_regclass('store')::text", ct) is null)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await connection.ExecuteAsync(Tables, ct);
            await transaction.CommitAsync(ct);
        }

        if (await connection.ScalarAsync("SELECT version FROM store", ct) is int version and not Version)
            throw new StoreDamagedException($"The store {database.Name} has layout {version}; this release knows {Version}. Run the newer release.");
    }
}
