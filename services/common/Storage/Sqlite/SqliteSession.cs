using Microsoft.Data.Sqlite;

namespace Ecosystem.Storage.Sqlite;

/// <summary>One connection and its prepared statements.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public SqliteSession(string path, SqliteOpenMode mode)
    {
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false, // this class is the pool
            DefaultTimeout = 10, // seconds to wait for a lock of another process, a backup for instance
        }.ToString());
        Connection.Open();
    }

    public SqliteConnection Connection { get; }

    /// <summary>Runs a statement and returns the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Command(sql, arguments).ExecuteNonQuery();

    /// <summary>Returns the first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> arguments) =>
        Command(sql, arguments).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Returns the first row, or null.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using var reader = Command(sql, arguments).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Command(sql, arguments).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Reads row after row for as long as <paramref name="goesOn"/> says so.</summary>
    public void Each<T>(string sql, Func<SqliteDataReader, T> read, Predicate<T> goesOn, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Command(sql, arguments).ExecuteReader();
        while (reader.Read() && goesOn(read(reader)))
        {
            // The predicate takes it.
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        Connection.Dispose();
    }

    /// <summary>The statement, prepared once; its parameters are <c>$1</c>, <c>$2</c>, ... in the order of the arguments.</summary>
    private SqliteCommand Command(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
#pragma warning disable CA2100 // built from declared names, which are checked; values are always parameters
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= arguments.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            _prepared[sql] = command;
        }

        for (var i = 0; i < arguments.Length; i++)
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        return command;
    }
}
