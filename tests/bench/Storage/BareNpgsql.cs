using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Ecosystem.Bench.Storage;

/// <summary>Npgsql by hand: the same table, statements in one batch, prepared automatically.</summary>
internal sealed class BareNpgsql : IPlace
{
    private readonly NpgsqlDataSource _source;

    private BareNpgsql(string connectionString) =>
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200 });

    public static async Task<BareNpgsql> OpenAsync(string connectionString)
    {
        var place = new BareNpgsql(connectionString);
        await using var create = place._source.CreateCommand(
            """
            CREATE SEQUENCE revision;
            CREATE TABLE doc (id text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, version integer NOT NULL, body jsonb NOT NULL, ix jsonb NOT NULL);
            CREATE INDEX doc_city ON doc (((ix->>'city') COLLATE "C") NULLS FIRST, id);
            CREATE INDEX doc_size ON doc (((ix->>'size')::bigint) NULLS FIRST, id);
            CREATE INDEX doc_theme ON doc USING gin ((ix->'theme'));
            """);
        await create.ExecuteNonQueryAsync();
        return place;
    }

    public async Task WriteAsync(Register register)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT nextval('revision')"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO doc VALUES ($1, currval('revision'), $2, $3, $4)")
        {
            Parameters =
            {
                new NpgsqlParameter { Value = register.Id },
                new NpgsqlParameter { Value = 1 },
                new NpgsqlParameter { Value = JsonSerializer.Serialize(register, JsonSerializerOptions.Web), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new NpgsqlParameter
                {
                    Value = JsonSerializer.Serialize(new { city = register.City, size = register.Size, theme = register.Themes }),
                    NpgsqlDbType = NpgsqlDbType.Jsonb,
                },
            },
        });
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async Task<Register> ReadAsync(string id)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT id, revision, version, body FROM doc WHERE id = $1", connection)
        {
            Parameters = { new NpgsqlParameter { Value = id } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return JsonSerializer.Deserialize<Register>(reader.GetString(3), JsonSerializerOptions.Web)!;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
