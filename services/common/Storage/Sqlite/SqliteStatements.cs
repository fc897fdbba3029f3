using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>The statements of one document type, built once from its declaration.</summary>
internal sealed class SqliteStatements
{
    private static readonly ConcurrentDictionary<DocumentType, SqliteStatements> Known = new();

    private readonly string _find;
    private readonly string _findMany;
    private readonly string _revisionOf;
    private readonly string _clearMany;
    private readonly string _insertMany;
    private readonly string _insert;
    private readonly string _update;
    private readonly string _index;
    private readonly bool _hasMany;
    private readonly List<int> _singles;

    private SqliteStatements(DocumentType type)
    {
        Type = type;
        Table = "doc_" + type.Name;
        ManyTable = "many_" + type.Name;
        _find = $"SELECT id, revision, version, body FROM {Table} WHERE id = $1";
        _findMany = $"SELECT id, revision, version, body FROM {Table} WHERE id IN (SELECT value FROM json_each($1))";
        _revisionOf = $"SELECT revision FROM {Table} WHERE id = $1";
        _clearMany = $"DELETE FROM {ManyTable} WHERE id = $1";
        _insertMany = $"INSERT INTO {ManyTable} VALUES ($1, $2, $3)";
        _hasMany = type.Indexes.Any(index => index.IsMany);
        _singles = [.. Enumerable.Range(0, type.Indexes.Count).Where(i => !type.Indexes[i].IsMany)];
        var columns = _singles.ConvertAll(i => Column(type.Indexes[i]));
        _insert = $"INSERT INTO {Table} (id, revision, version, body{string.Concat(columns.Select(column => ", " + column))}) " +
                  $"VALUES ($1, $2, $3, $4{string.Concat(columns.Select((_, i) => ", $" + (i + 5)))})";
        _update = $"UPDATE {Table} SET revision = $3, version = $4, body = $5{string.Concat(columns.Select((column, i) => $", {column} = ${i + 6}"))} " +
                  "WHERE id = $1 AND revision = $2";
        _index = $"UPDATE {Table} SET revision = $2{string.Concat(columns.Select((column, i) => $", {column} = ${i + 3}"))} WHERE id = $1 AND revision = $2";
    }

    public DocumentType Type { get; }

    public string Table { get; }

    /// <summary>One row per value of an index that has many.</summary>
    public string ManyTable { get; }

    public static SqliteStatements Of(DocumentType type) => Known.GetOrAdd(type, declared => new SqliteStatements(declared));

    public static StoredDocument Document(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3));

    public static string Column(DocumentIndex index) => "ix_" + index.Name;

    public StoredDocument? Find(SqliteSession session, string id) => session.First(_find, Document, id);

    public IReadOnlyList<StoredDocument> FindMany(SqliteSession session, IReadOnlyCollection<string> ids) => session.Rows(_findMany, Document, JsonSerializer.Serialize(ids));

    public long? RevisionOf(SqliteSession session, string id) =>
        (long?)session.Scalar(_revisionOf, id);

    public void Write(SqliteSession session, DocumentWrite write, long revision)
    {
        try
        {
            if (write.Guard is Guard.Seen seen)
                Update(session, write, seen.Revision, revision);
            else
                Insert(session, new StoredDocument(write.Id, revision, Type.Version, write.Body), write.Values);
        }
        catch (SqliteException violation) when (violation.SqliteErrorCode == 19)
        {
            throw Explain(session, write, violation);
        }

        if (_hasMany)
            WriteMany(session, write.Id, write.Values);
    }

    /// <summary>Writes a document of a backup as it was, with the index values of this release.</summary>
    public void Restore(SqliteSession session, StoredDocument document)
    {
        var values = Type.IndexValuesOf(DocumentCodec.Decode(Type, document));
        Insert(session, document, values);
        if (_hasMany)
            WriteMany(session, document.Id, values);
    }

    public void Delete(SqliteSession session, DocumentDelete delete)
    {
        var deleted = delete.Guard is Guard.Seen seen
            ? session.Execute($"DELETE FROM {Table} WHERE id = $1 AND revision = $2", delete.Id, seen.Revision)
            : session.Execute($"DELETE FROM {Table} WHERE id = $1", delete.Id);
        if (deleted == 0 && delete.Guard is Guard.Seen)
            throw EngineExceptions.Changed(delete.Id, RevisionOf(session, delete.Id));
        if (_hasMany)
            session.Execute(_clearMany, delete.Id);
    }

    /// <summary>Writes index values to a document as it was when they were computed; returns false when it has changed.</summary>
    public bool WriteIndexes(SqliteSession session, StoredDocument document, IReadOnlyList<IReadOnlyList<object?>> values)
    {
        if (session.Execute(_index, [document.Id, document.Revision, .. Singles(values)]) == 0)
            return false;
        if (_hasMany)
            WriteMany(session, document.Id, values);
        return true;
    }

    private void Insert(SqliteSession session, StoredDocument document, IReadOnlyList<IReadOnlyList<object?>> values) =>
        session.Execute(_insert, [document.Id, document.Revision, document.Version, document.Body, .. Singles(values)]);

    private void Update(SqliteSession session, DocumentWrite write, long seen, long revision)
    {
        if (session.Execute(_update, [write.Id, seen, revision, Type.Version, write.Body, .. Singles(write.Values)]) == 0)
            throw EngineExceptions.Changed(write.Id, RevisionOf(session, write.Id));
    }

    private Exception Explain(SqliteSession session, DocumentWrite write, SqliteException violation)
    {
        if (write.Guard is not Guard.Seen && RevisionOf(session, write.Id) is { } current)
            return EngineExceptions.Taken(write, current, violation);

        // The message of SQLite names the column: "UNIQUE constraint failed: doc_participants.ix_name".
        var index = Type.Indexes.FirstOrDefault(index => violation.Message.Contains($"{Table}.{Column(index)}'", StringComparison.Ordinal));
        return index is null ? violation : new UniqueConstraintException(Type.Name, index.Name, write.Id, violation);
    }

    private IEnumerable<object?> Singles(IReadOnlyList<IReadOnlyList<object?>> values) => _singles.Select(i => values[i][0]);

    private void WriteMany(SqliteSession session, string id, IReadOnlyList<IReadOnlyList<object?>> values)
    {
        session.Execute(_clearMany, id);
        for (var i = 0; i < values.Count; i++)
        {
            if (!Type.Indexes[i].IsMany)
                continue;
            foreach (var value in values[i])
                session.Execute(_insertMany, Type.Indexes[i].Name, value, id);
        }
    }
}
