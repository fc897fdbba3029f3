using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>
/// The table of one document type, following its declaration. Values are computed in small transactions and indexes built
/// concurrently: other replicas read and write meanwhile. Each step can be repeated, so a start that dies is finished by the next.
/// </summary>
internal sealed class PostgreSqlTypeSchema(NpgsqlConnection connection, DocumentType type, string database)
{
    private readonly PostgreSqlStatements _sql = PostgreSqlStatements.Of(type);

    /// <summary>
    /// Returns the layout: the number of the declarations, which grows with each change. Rows carry the layout by which their
    /// values were computed, so that those of an older release running beside this one are found.
    /// </summary>
    public async Task<int> BringUpToDateAsync(CancellationToken ct)
    {
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {_sql.Table} (
              id text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, version integer NOT NULL, body jsonb NOT NULL, ix jsonb NOT NULL, layout integer NOT NULL)
            """, ct);
        var known = await connection.RowsAsync("SELECT version, indexes, layout FROM types WHERE name = $1",
            row => (Version: row.GetInt32(0), Indexes: IndexDeclaration.Read(row.GetString(1)), Layout: row.GetInt32(2)), ct, type.Name);
        if (known.Count > 0 && known[0].Version > type.Version)
        {
            throw new StoreDamagedException(
                $"'{type.Name}' in {database} has version {known[0].Version}; this release knows up to {type.Version}. Run the newer release.");
        }

        var declared = type.Indexes.Select(IndexDeclaration.Of).ToList();
        if (known.Count > 0 && known[0].Version == type.Version && known[0].Indexes.SequenceEqual(declared))
            return known[0].Layout;

        var layout = known.Count == 0 ? 1 : known[0].Layout + 1;
        await FollowAsync(known.Count == 0 ? [] : known[0].Indexes, declared, layout, ct);
        await connection.ExecuteAsync(
            "INSERT INTO types VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE SET version = $2, indexes = $3, layout = $4, since = now()",
            ct, type.Name, type.Version, IndexDeclaration.Write(type), layout);
        return layout;
    }

    /// <summary>Computes the values of rows whose values are of an older layout.</summary>
    public async Task IndexAgainAsync(int layout, CancellationToken ct)
    {
        var after = "";
        while (true)
        {
            var rows = await connection.RowsAsync(
                $"SELECT id, revision, version, body FROM {_sql.Table} WHERE id > $1 AND layout < $2 ORDER BY id LIMIT 500",
                PostgreSqlStatements.Document, ct, after, layout);
            if (rows.Count == 0)
                return;

            await using var batch = new NpgsqlBatch(connection);
            foreach (var row in rows)
                batch.BatchCommands.Add(Index(row, layout));
            await batch.ExecuteNonQueryAsync(ct);
            after = rows[^1].Id;
        }
    }

    private async Task FollowAsync(IReadOnlyList<IndexDeclaration> known, List<IndexDeclaration> declared, int layout, CancellationToken ct)
    {
        foreach (var gone in known.Except(declared))
            await connection.ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS {_sql.IndexName(gone.Name)}", ct);
        var added = type.Indexes.Where(index => !known.Contains(IndexDeclaration.Of(index))).ToList();
        await IndexAgainAsync(layout, ct);
        foreach (var index in added)
            await CreateIndexAsync(index, ct);
    }

    private async Task CreateIndexAsync(DocumentIndex index, CancellationToken ct)
    {
        var name = _sql.IndexName(index.Name);
        var value = PostgreSqlStatements.Expression(index);
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

    /// <summary>A document that changes meanwhile has its values from whoever changed it.</summary>
    private NpgsqlBatchCommand Index(StoredDocument row, int layout)
    {
        var values = type.IndexValuesOf(DocumentCodec.Decode(type, row));
        return BatchCommand($"UPDATE {_sql.Table} SET ix = $3, layout = $4 WHERE id = $1 AND revision = $2", row.Id, row.Revision, new Json(_sql.IndexesOf(values)), layout);
    }
}
