using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>
/// The table of one document type, following its declaration while other replicas read and write: indexes are built concurrently, and each
/// step can be repeated, so a start that dies is finished by the next. Releases that run side by side keep their indexes apart by key.
/// </summary>
internal sealed class PostgreSqlTypeSchema(NpgsqlConnection connection, DocumentType type, string database)
{
    private readonly PostgreSqlStatements _sql = PostgreSqlStatements.Of(type);

    public async Task BringUpToDateAsync(CancellationToken ct)
    {
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {_sql.Table} (
              id text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, version integer NOT NULL, body jsonb NOT NULL, ix jsonb NOT NULL)
            """, ct);
        var version = await connection.ScalarAsync("SELECT version FROM types WHERE name = $1", ct, type.Name) as int?;
        if (version > type.Version)
        {
            throw new StoreDamagedException(
                $"'{type.Name}' in {database} has version {version}; this release knows up to {type.Version}. Run the newer release.");
        }

        var known = await connection.RowsAsync(
            "SELECT key, retired IS NULL FROM indexes WHERE type = $1", row => (Key: row.GetString(0), IsInUse: row.GetBoolean(1)), ct, type.Name);
        var added = type.Indexes.Where(index => !known.Contains((_sql.Key(index), true))).ToList();
        await new PostgreSqlIndexing(connection, type).FillAsync(ct);
        foreach (var index in added)
            await AddAsync(index, isFirst: version is null, isThere: known.Contains((_sql.Key(index), false)), ct);
        if (added.Count > 0)
            await connection.ExecuteAsync($"ANALYZE {_sql.Table}", ct); // a planner that knows nothing of an index walks another one to its end
        foreach (var gone in known.Where(index => index.IsInUse && type.Indexes.All(declared => _sql.Key(declared) != index.Key)))
            await RetireAsync(gone.Key, ct);
        await connection.ExecuteAsync("INSERT INTO types VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET version = $2", ct, type.Name, type.Version);
    }

    /// <summary>Removes the indexes which only releases used that no longer run.</summary>
    public async Task DropRetiredAsync(CancellationToken ct)
    {
        var retired = await connection.RowsAsync(
            "SELECT key FROM indexes WHERE type = $1 AND retired < now() - interval '1 hour'", row => row.GetString(0), ct, type.Name);
        foreach (var key in retired)
            await DropAsync(key, ct);
    }

    private async Task AddAsync(DocumentIndex index, bool isFirst, bool isThere, CancellationToken ct)
    {
        if (!isThere)
            await CreateAsync(index, ct);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO indexes VALUES ($1, $2, $3, {(isFirst ? "'-infinity'" : "now()")}, NULL)
            ON CONFLICT (type, key) DO UPDATE SET since = now(), retired = NULL
            """, ct, type.Name, _sql.Key(index), index.IsUnique);
    }

    /// <summary>
    /// An index no longer declared stays for replicas of the release before, except that a value which need not be unique any more
    /// must not be refused any more.
    /// </summary>
    private async Task RetireAsync(string key, CancellationToken ct)
    {
        if (await connection.ScalarAsync("SELECT is_unique FROM indexes WHERE type = $1 AND key = $2", ct, type.Name, key) is true)
            await DropAsync(key, ct);
        else
            await connection.ExecuteAsync("UPDATE indexes SET retired = now() WHERE type = $1 AND key = $2", ct, type.Name, key);
    }

    private async Task DropAsync(string key, CancellationToken ct)
    {
        await connection.ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS {_sql.IndexName(key)}", ct);
        await connection.ExecuteAsync("DELETE FROM indexes WHERE type = $1 AND key = $2", ct, type.Name, key);
    }

    private async Task CreateAsync(DocumentIndex index, CancellationToken ct)
    {
        var name = _sql.IndexName(_sql.Key(index));
        var value = _sql.Expression(index);
        await connection.ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS {name}", ct); // what a start that died left half built
        try
        {
            await connection.ExecuteAsync(
                index switch
                {
                    { IsMany: true } => $"CREATE INDEX CONCURRENTLY {name} ON {_sql.Table} USING gin ({value})",
                    { IsUnique: true } => $"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {_sql.Table} ({value} NULLS FIRST)",
                    _ => $"CREATE INDEX CONCURRENTLY {name} ON {_sql.Table} ({value} NULLS FIRST, id)",
                }, ct);
        }
        catch (PostgresException duplicate) when (duplicate.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await connection.ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS {name}", ct);
            var ids = await connection.ScalarAsync(
                $"SELECT string_agg(id, ', ' ORDER BY id) FROM {_sql.Table} WHERE {value} IS NOT NULL GROUP BY {value} HAVING count(*) > 1 LIMIT 1", ct);
            throw new StoreDamagedException(
                $"'{type.Name}' cannot be unique by '{index.Name}': documents {ids} share a value. Correct them with the release before this one.", duplicate);
        }
    }
}
