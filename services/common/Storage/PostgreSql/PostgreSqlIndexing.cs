using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>
/// Computes the index values that documents lack: those stored before an index was declared, and those written by a replica of another
/// release during a roll-out. A write leaves the values of its own release only, so a value that is there always fits its document.
/// </summary>
internal sealed class PostgreSqlIndexing(NpgsqlConnection connection, DocumentType type)
{
    private const int Chunk = 500;

    private readonly PostgreSqlStatements _sql = PostgreSqlStatements.Of(type);

    /// <summary>Works in small transactions beside the writes of other replicas. Returns the documents whose unique value another one has.</summary>
    public async Task<IReadOnlyList<string>> FillAsync(CancellationToken ct)
    {
        var colliding = new List<string>();
        var keys = type.Indexes.Select(_sql.Key).ToArray();
        var rows = await LackingAsync(after: "", keys, ct);
        while (rows.Count > 0)
        {
            if (!await TryFillAsync(rows, ct))
                colliding.AddRange(await FillOneByOneAsync(rows, ct));
            rows = await LackingAsync(rows[^1].Id, keys, ct);
        }

        return colliding;
    }

    /// <summary>What a newer version wrote is left to replicas of that version; this one could not read it.</summary>
    private Task<List<StoredDocument>> LackingAsync(string after, string[] keys, CancellationToken ct) => connection.RowsAsync(
        $"SELECT id, revision, version, body FROM {_sql.Table} WHERE id > $1 AND NOT ix ?& $2 AND version <= $3 ORDER BY id LIMIT {Chunk}",
        PostgreSqlStatements.Document, ct, after, keys, type.Version);

    private async Task<bool> TryFillAsync(IReadOnlyList<StoredDocument> rows, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
            batch.BatchCommands.Add(Fill(row, withUnique: true));
        try
        {
            await batch.ExecuteNonQueryAsync(ct);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false; // the whole batch is undone
        }
    }

    /// <summary>A release that did not know the index let a second document have the value: it is found by every other index.</summary>
    private async Task<List<string>> FillOneByOneAsync(IEnumerable<StoredDocument> rows, CancellationToken ct)
    {
        var colliding = new List<string>();
        foreach (var row in rows)
        {
            if (await TryFillAsync([row], ct))
                continue;

            colliding.Add(row.Id);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Fill(row, withUnique: false) } };
            await batch.ExecuteNonQueryAsync(ct);
        }

        return colliding;
    }

    /// <summary>A document that changes meanwhile has its values from whoever changed it.</summary>
    private NpgsqlBatchCommand Fill(StoredDocument row, bool withUnique)
    {
        var values = type.IndexValuesOf(DocumentCodec.Decode(type, row));
        if (!withUnique)
            values = [.. values.Zip(type.Indexes, (value, index) => index.IsUnique ? [null] : value)];
        return BatchCommand($"UPDATE {_sql.Table} SET ix = ix || $3 WHERE id = $1 AND revision = $2", row.Id, row.Revision, new Json(_sql.IndexesOf(values)));
    }
}
