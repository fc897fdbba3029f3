using Npgsql;
using NpgsqlTypes;

namespace Ecosystem.Storage.PostgreSql;

/// <summary>Short forms for commands whose parameters are <c>$1</c>, <c>$2</c>, ... in the order of the arguments.</summary>
internal static class PostgreSqlCommands
{
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] arguments)
    {
        await using var command = connection.Command(sql, arguments);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Returns the first column of the first row, or null.</summary>
    public static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params object?[] arguments)
    {
        await using var command = connection.Command(sql, arguments);
        return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
    }

    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] arguments)
    {
        await using var command = connection.Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    public static NpgsqlBatch Batch(this NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }

    public static NpgsqlBatchCommand BatchCommand(string sql, params object?[] arguments)
    {
#pragma warning disable CA2100 // built from declared names, which are checked; values are always parameters
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var argument in arguments)
            command.Parameters.Add(Parameter(argument));
        return command;
    }

    private static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, object?[] arguments)
    {
#pragma warning disable CA2100 // as above
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var argument in arguments)
            command.Parameters.Add(Parameter(argument));
        return command;
    }

    private static NpgsqlParameter Parameter(object? argument) => argument switch
    {
        Json json => new NpgsqlParameter { Value = json.Text, NpgsqlDbType = NpgsqlDbType.Jsonb },
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = argument },
    };

    /// <summary>A text that is sent as jsonb.</summary>
    internal sealed record Json(string Text);
}
