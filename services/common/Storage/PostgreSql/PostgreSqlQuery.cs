using System.Text;
using Npgsql;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Builds and runs the statement of one query.</summary>
internal sealed class PostgreSqlQuery
{
    private readonly PostgreSqlStatements _type;
    private readonly StoredQuery _query;
    private readonly StringBuilder _where = new("true");
    private readonly List<object?> _arguments = [];

    private PostgreSqlQuery(PostgreSqlStatements type, StoredQuery query)
    {
        _type = type;
        _query = query;
        foreach (var filter in query.Filters)
            _where.Append(" AND ").Append(Condition(filter));
    }

    public static Task<StoredPage> RunAsync(NpgsqlConnection connection, DocumentType type, StoredQuery query, CancellationToken ct) =>
        new PostgreSqlQuery(PostgreSqlStatements.Of(type), query).RunAsync(connection, ct);

    private async Task<StoredPage> RunAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var total = _query.CountsTotal
            ? (long)(await connection.ScalarAsync($"SELECT count(*) FROM {_type.Table} WHERE {_where}", ct, [.. _arguments]))!
            : -1;

        var order = _query.Order is { } index ? _type.Expression(index) : "NULL";
        if (_query.After is { } after)
            _where.Append(" AND ").Append(Following(after));
        var ordering = (_query.Order, _query.IsDescending) switch
        {
            (null, _) => "id",
            (_, false) => $"{order} ASC NULLS FIRST, id ASC",
            (_, true) => $"{order} DESC NULLS LAST, id DESC",
        };
        var rows = await connection.RowsAsync(
            $"SELECT id, revision, version, body, {order} FROM {_type.Table} WHERE {_where} ORDER BY {ordering} LIMIT {Argument(_query.Limit + 1L)}",
            row => (Document: PostgreSqlStatements.Document(row), Value: row.IsDBNull(4) ? null : row.GetValue(4)), ct,
            [.. _arguments]);

        var page = rows.Take(_query.Limit).ToList();
        var last = rows.Count > _query.Limit ? new QueryPosition(page[^1].Value, page[^1].Document.Id) : null;
        return new StoredPage(page.ConvertAll(row => row.Document), last, total);
    }

    private string Condition(DocumentFilter filter)
    {
        var value = _type.Expression(filter.Index);
        return filter switch
        {
            DocumentFilter.AnyOf { Index.IsMany: true } any => $"{value} ?| {Argument(Array(any))}",
            DocumentFilter.AnyOf { Values: [null] } => $"{value} IS NULL",
            DocumentFilter.AnyOf { Values: [var one] } => $"{value} = {Argument(one)}",
            DocumentFilter.AnyOf any => $"({value} = ANY({Argument(Array(any))})" + (any.Values.Contains(null) ? $" OR {value} IS NULL)" : ")"),
            DocumentFilter.Range range => string.Join(" AND ", Limits(range, value)),
            _ => throw new NotSupportedException(filter.GetType().Name),
        };
    }

    private IEnumerable<string> Limits(DocumentFilter.Range range, string value)
    {
        yield return $"{value} IS NOT NULL";
        if (range.From is not null)
            yield return $"{value} >= {Argument(range.From)}";
        if (range.Before is not null)
            yield return $"{value} < {Argument(range.Before)}";
    }

    /// <summary>What comes after a place; those without a value are first ascending and last descending.</summary>
    private string Following(QueryPosition after)
    {
        var id = Argument(after.Id);
        if (_query.Order is not { } index)
            return $"id > {id}";

        var column = _type.Expression(index);
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

    private static Array Array(DocumentFilter.AnyOf any) => any.Index.Kind switch
    {
        IndexKind.Text => any.Values.OfType<string>().ToArray(),
        IndexKind.Integer => any.Values.OfType<long>().ToArray(),
        _ => any.Values.OfType<double>().ToArray(),
    };
}
