using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Bench.Storage;

/// <summary>Microsoft.Data.Sqlite by hand: the same tables, the same durability, prepared statements, one writing connection.</summary>
internal sealed class BareSqlite : IPlace
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SqliteConnection _writer;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _revision;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _clear;
    private readonly SqliteCommand _many;
    private readonly SqliteCommand _commit;
    private readonly ThreadLocal<SqliteCommand> _find;

    public BareSqlite(string file)
    {
        _writer = Open(file);
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA cache_size = -32000"); // as ours
        Execute("CREATE TABLE store (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");
        Execute("INSERT INTO store VALUES ('revision', 0)");
        Execute("CREATE TABLE doc (id TEXT PRIMARY KEY NOT NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, ix_city TEXT, ix_size INTEGER)");
        Execute("CREATE INDEX doc_city ON doc (ix_city, id)");
        Execute("CREATE INDEX doc_size ON doc (ix_size, id)");
        Execute("CREATE TABLE many (ix TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (ix, value, id)) WITHOUT ROWID");
        Execute("CREATE INDEX many_id ON many (id)");
        _begin = Command(_writer, "BEGIN IMMEDIATE");
        _revision = Command(_writer, "UPDATE store SET value = value + 1 WHERE key = 'revision' RETURNING value");
        _insert = Command(_writer, "INSERT INTO doc VALUES ($1, $2, 1, $3, $4, $5)", 5);
        _clear = Command(_writer, "DELETE FROM many WHERE id = $1", 1);
        _many = Command(_writer, "INSERT INTO many VALUES ('theme', $1, $2)", 2);
        _commit = Command(_writer, "COMMIT");
        _find = new ThreadLocal<SqliteCommand>(() => Command(Open(file), "SELECT id, revision, version, body FROM doc WHERE id = $1", 1));
    }

    public async Task WriteAsync(Register register)
    {
        var body = JsonSerializer.Serialize(register, JsonSerializerOptions.Web);
        await _turn.WaitAsync();
        try
        {
            Run(_begin);
            var revision = (long)_revision.ExecuteScalar()!;
            Run(_insert, register.Id, revision, body, register.City, register.Size);
            Run(_clear, register.Id);
            foreach (var theme in register.Themes)
                Run(_many, theme, register.Id);
            Run(_commit);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<Register> ReadAsync(string id)
    {
        var find = _find.Value!;
        find.Parameters[0].Value = id;
        using var reader = find.ExecuteReader();
        reader.Read();
        return Task.FromResult(JsonSerializer.Deserialize<Register>(reader.GetString(3), JsonSerializerOptions.Web)!);
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters[i].Value = arguments[i];
        command.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = Command(_writer, sql);
        command.ExecuteNonQuery();
    }
}
