using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using static Ecosystem.Storage.PostgreSql.PostgreSqlCommands;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>
/// The statements of one document type. Index values are computed here, not by the server, and lie beside the body in one jsonb
/// column <c>ix</c> with an expression index each: an index comes or goes without a change of the table.
/// </summary>
internal sealed class PostgreSqlStatements
{
    private static readonly ConcurrentDictionary<DocumentType, PostgreSqlStatements> Known = new();
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private PostgreSqlStatements(DocumentType type)
    {
        Type = type;
        Find = $"SELECT id, revision, version, body FROM {Table} WHERE id = $1";
        RevisionOf = $"SELECT revision FROM {Table} WHERE id = $1";
    }

    public DocumentType Type { get; }

    public string Table => "doc_" + Type.Name;

    public string Find { get; }

    public string RevisionOf { get; }

    public static PostgreSqlStatements Of(DocumentType type) => Known.GetOrAdd(type, declared => new PostgreSqlStatements(declared));

    public static StoredDocument Document(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3));

    /// <summary>The value of an index as SQL; indexes, conditions and orders use the very same expression.</summary>
    public static string Expression(DocumentIndex index) => index switch
    {
        { IsMany: true } => $"(ix->'{index.Name}')",
        { Kind: IndexKind.Text } => $"((ix->>'{index.Name}') COLLATE \"C\")",
        { Kind: IndexKind.Integer } => $"((ix->>'{index.Name}')::bigint)",
        _ => $"((ix->>'{index.Name}')::float8)",
    };

    public string IndexName(string index) => $"{Table}_{index}";

    /// <summary>The revision of everything a transaction writes is the number drawn at its beginning.</summary>
    /// <param name="write">What to write.</param>
    /// <param name="layout">The number of the index declarations by which the values were computed.</param>
    public NpgsqlBatchCommand Write(DocumentWrite write, int layout) => write.Guard is Guard.Seen seen
        ? BatchCommand(
            $"UPDATE {Table} SET revision = currval('revision'), version = $3, body = $4, ix = $5, layout = $6 WHERE id = $1 AND revision = $2",
            write.Id, seen.Revision, Type.Version, new Json(write.Body), new Json(IndexesOf(write.Values)), layout)
        : BatchCommand(
            $"INSERT INTO {Table} (id, revision, version, body, ix, layout) VALUES ($1, currval('revision'), $2, $3, $4, $5)",
            write.Id, Type.Version, new Json(write.Body), new Json(IndexesOf(write.Values)), layout);

    /// <summary>Writes a document of a backup as it was, with the index values of this release.</summary>
    public NpgsqlBatchCommand Restore(StoredDocument document) => BatchCommand(
        $"INSERT INTO {Table} (id, revision, version, body, ix, layout) VALUES ($1, $2, $3, $4, $5, (SELECT layout FROM types WHERE name = '{Type.Name}'))",
        document.Id, document.Revision, document.Version, new Json(document.Body),
        new Json(IndexesOf(Type.IndexValuesOf(DocumentCodec.Decode(Type, document)))));

    public NpgsqlBatchCommand Delete(DocumentDelete delete) => delete.Guard is Guard.Seen seen
        ? BatchCommand($"DELETE FROM {Table} WHERE id = $1 AND revision = $2", delete.Id, seen.Revision)
        : BatchCommand($"DELETE FROM {Table} WHERE id = $1", delete.Id);

    public string IndexesOf(IReadOnlyList<IReadOnlyList<object?>> values)
    {
        var content = new Dictionary<string, object?>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            var index = Type.Indexes[i];
            if (index.IsMany)
                content[index.Name] = values[i];
            else if (values[i][0] is { } value)
                content[index.Name] = value;
        }

        return JsonSerializer.Serialize(content, Plain);
    }
}
