using System.Text;
using System.Text.Json;

namespace Ecosystem.Storage.Sqlite;

/// <summary>Builds and runs the statement of one query.</summary>
internal sealed class SqliteQuery
{
    private readonly SqliteStatements _type;
    private readonly StoredQuery _query;
    private readonly StringBuilder _where = new("1");
    private readonly List<object?> _arguments = [];

    private SqliteQuery(SqliteStatements type, StoredQuery query)
    {
        _type = type;
        _query = query;
        foreach (var filter in query.Filters)
            _where.Append(" AND ").Append(Condition(filter));
    }

    public static StoredPage Run(SqliteSession session, DocumentType type, StoredQuery query) =>
        new SqliteQuery(SqliteStatements.Of(type), query).Run(session);

    private StoredPage Run(SqliteSession session)
    {
        var total = _query.CountsTotal
            ? (long)session.Scalar($"SELECT count(*) FROM {_type.Table} WHERE {_where}", [.. _arguments])!
            : -1;

        var order = _query.Order is { } index ? SqliteStatements.Column(index) : "NULL";
        if (_query.After is { } after)
            _where.Append(" AND ").Append(Following(after));
        var direction = _query.IsDescending ? "DESC" : "ASC";
        var ordering = _query.Order is null ? "id" : $"{order} {direction}, id {direction}";
        var rows = session.Rows(
            $"SELECT id, revision, version, body, {order} FROM {_type.Table} WHERE {_where} ORDER BY {ordering} LIMIT {Argument(_query.Limit + 1L)}",
            row => (Document: SqliteStatements.Document(row), Value: row.IsDBNull(4) ? null : row.GetValue(4)),
            [.. _arguments]);

        var page = rows.Take(_query.Limit).ToList();
        var last = rows.Count > _query.Limit ? new QueryPosition(page[^1].Value, page[^1].Document.Id) : null;
        return new StoredPage(page.ConvertAll(row => row.Document), last, total);
    }

    private string Condition(DocumentFilter filter) => filter switch
    {
        DocumentFilter.AnyOf { Index.IsMany: true } any =>
            $"id IN (SELECT id FROM {_type.ManyTable} WHERE ix = {Argument(any.Index.Name)} AND value IN (SELECT value FROM json_each({Argument(Json(any.Values))})))",
        DocumentFilter.AnyOf { Values: [null] } none => $"{SqliteStatements.Column(none.Index)} IS NULL",
        DocumentFilter.AnyOf { Values: [var one] } equal => $"{SqliteStatements.Column(equal.Index)} = {Argument(one)}",
        DocumentFilter.AnyOf any =>
            $"({SqliteStatements.Column(any.Index)} IN (SELECT value FROM json_each({Argument(Json(any.Values))}))" +
            (any.Values.Contains(null) ? $" OR {SqliteStatements.Column(any.Index)} IS NULL)" : ")"),
        DocumentFilter.Range range => string.Join(" AND ", Limits(range)),
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

    private IEnumerable<string> Limits(DocumentFilter.Range range)
    {
        yield return $"{SqliteStatements.Column(range.Index)} IS NOT NULL";
        if (range.From is not null)
            yield return $"{SqliteStatements.Column(range.Index)} >= {Argument(range.From)}";
        if (range.Before is not null)
            yield return $"{SqliteStatements.Column(range.Index)} < {Argument(range.Before)}";
    }

    /// <summary>What comes after a place. SQLite sorts NULL before everything else, so it is first ascending and last descending.</summary>
    private string Following(QueryPosition after)
    {
        var id = Argument(after.Id);
        if (_query.Order is not { } index)
            return $"id > {id}";

        var column = SqliteStatements.Column(index);
        return (after.Value, _query.IsDescending) switch
        {
            (null, false) => $"(({column} IS NULL AND id > {id}) OR {column} IS NOT NULL)",
            (null, true) => $"({column} IS NULL AND id < {id})",
            ({ } value, false) => $"({column}, id) > ({Argument(value)}, {id})",
            ({ } value, true) => $"(({column}, id) < ({Argument(value)}, {id}) OR {column} IS NULL)",
        };
    }

    private string Argument(object? value)
    {
        _arguments.Add(value);
        return "$" + _arguments.Count;
    }

    private static string Json(IEnumerable<object?> values) => JsonSerializer.Serialize(values.Where(value => value is not null));
}
