namespace Ecosystem.Storage.Sqlite;

/// <summary>Computes the index values of stored documents anew, some at a time.</summary>
internal sealed class SqliteIndexValues(DocumentType type)
{
    private const int Chunk = 500;

    private readonly SqliteStatements _sql = SqliteStatements.Of(type);

    public List<StoredDocument> Read(SqliteSession session, string after) => session.Rows(
        $"SELECT id, revision, version, body FROM {_sql.Table} WHERE id > $1 ORDER BY id LIMIT {Chunk}", SqliteStatements.Document, after);

    public IReadOnlyList<(StoredDocument Row, IReadOnlyList<IReadOnlyList<object?>> Values)> Compute(IReadOnlyList<StoredDocument> rows) =>
        [.. rows.Select(row => (row, type.IndexValuesOf(DocumentCodec.Decode(type, row))))];

    /// <summary>A document that changed meanwhile has its values from whoever changed it. Returns how many were written.</summary>
    public int Write(SqliteSession session, IReadOnlyList<(StoredDocument Row, IReadOnlyList<IReadOnlyList<object?>> Values)> computed) =>
        computed.Count(document => _sql.WriteIndexes(session, document.Row, document.Values));

    /// <summary>Computes all within the transaction of the session.</summary>
    public void ComputeAll(SqliteSession session)
    {
        var rows = Read(session, after: "");
        while (rows.Count > 0)
        {
            Write(session, Compute(rows));
            rows = Read(session, rows[^1].Id);
        }
    }
}
