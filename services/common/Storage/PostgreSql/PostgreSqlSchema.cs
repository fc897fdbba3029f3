using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Creates and brings up to date the tables of a store. Replicas that start together do it one after the other.</summary>
internal sealed class PostgreSqlSchema(PostgreSqlDatabase database, DocumentTypes types, TimeProvider time) : IRollOut
{
    private const long SchemaLock = 0x45434F53_0001;
    private const int Version = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // a server that starts together with the service needs a moment

    private const string Tables = """
        CREATE TABLE store (version integer NOT NULL);
        INSERT INTO store VALUES (2);
        CREATE SEQUENCE revision;
        CREATE TABLE types (name text PRIMARY KEY, version integer NOT NULL);
        CREATE TABLE indexes (
          type text, key text, is_unique boolean NOT NULL, since timestamptz NOT NULL, retired timestamptz, PRIMARY KEY (type, key));
        CREATE TABLE inbox (source text COLLATE "C", id text COLLATE "C", received bigint NOT NULL, PRIMARY KEY (source, id));
        CREATE INDEX inbox_received ON inbox (received);
        CREATE TABLE outbox (
          position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          id text NOT NULL, topic text NOT NULL, type text NOT NULL, subject text NOT NULL, data text NOT NULL,
          time bigint NOT NULL, traceparent text, tracestate text,
          attempts integer NOT NULL DEFAULT 0, reason text, relay text, until timestamptz);
        CREATE TABLE sent (
          position bigint PRIMARY KEY, attempts integer NOT NULL,
          id text NOT NULL, topic text NOT NULL, type text NOT NULL, subject text NOT NULL, data text NOT NULL,
          time bigint NOT NULL, traceparent text, tracestate text, sent bigint NOT NULL);
        CREATE INDEX sent_sent ON sent (sent);
        """;

    /// <summary>
    /// What stores of an earlier release lack: who sends what, as the last event that was claimed of a subject, by its hash. That release
    /// marked the events themselves; <c>outbox.until</c> now says only when a refused one is tried again, and <c>outbox.relay</c> nothing.
    /// While both run, the newer respects the marks of the older; what the older sends twice the inboxes recognise.
    /// </summary>
    private const string Additions = """
        CREATE TABLE claims (last bigint PRIMARY KEY, held bigint NOT NULL, relay text NOT NULL, until timestamptz NOT NULL);
        CREATE INDEX outbox_until ON outbox (until) WHERE until IS NOT NULL;
        DROP INDEX IF EXISTS outbox_subject;
        """;

    public async Task BringUpToDateAsync(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await database.RunAsync(connection => LockedAsync(connection, type => type.BringUpToDateAsync(ct), ct), ct);
                return;
            }
            catch (StoreUnavailableException) when (time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), time, ct);
            }
        }
    }

    public Task<IReadOnlyList<string>?> FollowOtherReleasesAsync(CancellationToken ct) => database.RunAsync<IReadOnlyList<string>?>(async connection =>
    {
        if (await connection.ScalarAsync("SELECT 1 FROM indexes WHERE greatest(since, retired) > now() - interval '1 hour' LIMIT 1", ct) is null)
        {
            await LockedAsync(connection, type => type.DropRetiredAsync(ct), ct);
            return null;
        }

        var colliding = new List<string>();
        foreach (var type in types.All)
            colliding.AddRange(await new PostgreSqlIndexing(connection, type).FillAsync(ct));
        return colliding;
    }, ct);

    /// <summary>One replica at a time, each type in turn.</summary>
    private async Task<bool> LockedAsync(NpgsqlConnection connection, Func<PostgreSqlTypeSchema, Task> work, CancellationToken ct)
    {
        await LockAsync(connection, ct);
        try
        {
            await CreateAsync(connection, ct);
            foreach (var type in types.All)
                await work(new PostgreSqlTypeSchema(connection, type, database.Name));
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
        // Not to be cancelled: a lock that was granted to nobody would stay with the pooled connection.
        while (await connection.ScalarAsync("SELECT pg_try_advisory_lock($1)", CancellationToken.None, SchemaLock) is not true)
            await Task.Delay(TimeSpan.FromSeconds(0.2), time, ct);
    }

    private async Task CreateAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await connection.ScalarAsync("SELECT to_regclass('store')::text", ct) is null)
            await RunAsync(connection, Tables, ct);
        if (await connection.ScalarAsync("SELECT version FROM store", ct) is int version and not Version)
            throw new StoreDamagedException($"The store {database.Name} has layout {version}; this release knows {Version}. Run the release that made it.");
        if (await connection.ScalarAsync("SELECT to_regclass('claims')::text", ct) is null)
            await RunAsync(connection, Additions, ct);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statements, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(statements, ct);
        await transaction.CommitAsync(ct);
    }
}
