using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
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
    private const int LongestName = 63;

    private static readonly ConcurrentDictionary<DocumentType, PostgreSqlStatements> Known = new();
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private PostgreSqlStatements(DocumentType type)
    {
        Type = type;
        Find = $"SELECT id, revision, version, body FROM {Table} WHERE id = $1";
        FindMany = $"SELECT id, revision, version, body FROM {Table} WHERE id = ANY($1)";
        RevisionOf = $"SELECT revision FROM {Table} WHERE id = $1";
    }

    public DocumentType Type { get; }

    public string Table => "doc_" + Type.Name;

    public string PrimaryKey => Table + "_pkey";

    public string Find { get; }

    public string FindMany { get; }

    public string RevisionOf { get; }

    public static PostgreSqlStatements Of(DocumentType type) => Known.GetOrAdd(type, declared => new PostgreSqlStatements(declared));

    public static StoredDocument Document(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3));

    /// <summary>The value of an index as SQL; indexes, conditions and orders use the very same expression.</summary>
    public string Expression(DocumentIndex index) => index switch
    {
        { IsMany: true } => $"(ix->'{Key(index)}')",
        { Kind: IndexKind.Text } => $"((ix->>'{Key(index)}') COLLATE \"C\")",
        { Kind: IndexKind.Integer } => $"((ix->>'{Key(index)}')::bigint)",
        _ => $"((ix->>'{Key(index)}')::float8)",
    };

    public string Key(DocumentIndex index) => index.KeyIn(Type);

    /// <summary>Names of PostgreSQL have 63 characters at most; it would cut a longer one without a word.</summary>
    public string IndexName(string key)
    {
        var name = $"{Table}_{key}";
        return name.Length <= LongestName
            ? name
            : $"{name[..(LongestName - 9)]}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}";
    }

    /// <summary>The revision of everything a transaction writes is the number drawn at its beginning.</summary>
    public NpgsqlBatchCommand Write(DocumentWrite write) => write.Guard is Guard.Seen seen
        ? BatchCommand(
            $"UPDATE {Table} SET revision = currval('revision'), version = $3, body = $4, ix = $5 WHERE id = $1 AND revision = $2",
            write.Id, seen.Revision, Type.Version, new Json(write.Body), new Json(IndexesOf(write.Values)))
        : BatchCommand(
            $"INSERT INTO {Table} (id, revision, version, body, ix) VALUES ($1, currval('revision'), $2, $3, $4)",
            write.Id, Type.Version, new Json(write.Body), new Json(IndexesOf(write.Values)));

    /// <summary>Writes a document of a backup as it was, with the index values of this release.</summary>
    public NpgsqlBatchCommand Restore(StoredDocument document) => BatchCommand(
        $"INSERT INTO {Table} (id, revision, version, body, ix) VALUES ($1, $2, $3, $4, $5)",
        document.Id, document.Revision, document.Version, new Json(document.Body),
        new Json(IndexesOf(Type.IndexValuesOf(DocumentCodec.Decode(Type, document)))));

    public NpgsqlBatchCommand Delete(DocumentDelete delete) => delete.Guard is Guard.Seen seen
        ? BatchCommand($"DELETE FROM {Table} WHERE id = $1 AND revision = $2", delete.Id, seen.Revision)
        : BatchCommand($"DELETE FROM {Table} WHERE id = $1", delete.Id);

    /// <summary>The values of every index; also of one without a value, to tell it from one that was not computed.</summary>
    public string IndexesOf(IReadOnlyList<IReadOnlyList<object?>> values)
    {
        var content = new Dictionary<string, object?>(values.Count, StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
            content[Key(Type.Indexes[i])] = Type.Indexes[i].IsMany ? values[i] : values[i][0];
        return JsonSerializer.Serialize(content, Plain);
    }
}
