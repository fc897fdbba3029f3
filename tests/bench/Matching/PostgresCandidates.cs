using System.Diagnostics;
using Ecosystem.Matching.Profiles;
using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Bench.Matching;

/// <summary>PostgreSQL's full text search over the same competences: those that share a word, ranked, with a GIN index and no constraints or reasons.</summary>
internal sealed class PostgresCandidates : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;
    private readonly NpgsqlConnection _connection;

    private PostgresCandidates(PostgreSqlServer server, NpgsqlConnection connection) => (_server, _connection) = (server, connection);

    public static async Task<PostgresCandidates?> StartAsync(IReadOnlyList<Item> competences)
    {
        PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        if (server.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"matching@postgres is left out: {missing}");
            await server.DisposeAsync();
            return null;
        }
        var connection = new NpgsqlConnection(await server.CreateDatabaseAsync());
        await connection.OpenAsync();
        var postgres = new PostgresCandidates(server, connection);
        await postgres.ExecuteAsync("CREATE TABLE competences (id text PRIMARY KEY, words tsvector NOT NULL)");
        foreach (Item[] some in competences.Chunk(1_000))
        {
            await using var insert = new NpgsqlCommand("INSERT INTO competences SELECT id, to_tsvector('german', words) FROM unnest($1, $2) AS item (id, words)", connection)
            {
                Parameters = { new() { Value = Array.ConvertAll(some, item => item.Id) }, new() { Value = Array.ConvertAll(some, WordsOf) } },
            };
            await insert.ExecuteNonQueryAsync();
        }
        await postgres.ExecuteAsync("CREATE INDEX ON competences USING gin (words)");
        await postgres.ExecuteAsync("ANALYZE competences");
        return postgres;
    }

    /// <summary>The mean time of a question.</summary>
    public async Task<double> MillisecondsAsync(IReadOnlyCollection<Item> asked)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Item item in asked)
        {
            await using var query = new NpgsqlCommand(
                "SELECT id FROM competences, to_tsquery('german', $1) AS asked WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT 10", _connection)
            {
                Parameters = { new() { Value = string.Join(" | ", WordsOf(item).Split(' ').Distinct(StringComparer.Ordinal)) } },
            };
            await using NpgsqlDataReader reader = await query.ExecuteReaderAsync();
            while (await reader.ReadAsync()) _ = reader.GetString(0);
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / asked.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static string WordsOf(Item item) => string.Join(' ', item.Texts.Select(text => text.Text));

    private async Task ExecuteAsync(string statement)
    {
        await using var command = new NpgsqlCommand(statement, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
