using System.Diagnostics;
using Ecosystem.Matching.Profiles;
using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Bench.Matching;

/// <summary>
/// PostgreSQL's full text search over the same competences, by the same terms: those that share a word, a theme or a kind of data, ranked, with a
/// GIN index and no constraints or reasons.
/// </summary>
internal sealed class PostgresCandidates : IAsyncDisposable
{
    private const string Separator = "\u001f";

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
            await using var insert = new NpgsqlCommand("INSERT INTO competences SELECT id, array_to_tsvector(string_to_array(terms, $3)) FROM unnest($1, $2) AS item (id, terms)", connection)
            {
                Parameters = { new() { Value = Array.ConvertAll(some, item => item.Id) }, new() { Value = Array.ConvertAll(some, TermsOf) }, new() { Value = Separator } },
            };
            await insert.ExecuteNonQueryAsync();
        }
        await postgres.ExecuteAsync("CREATE INDEX ON competences USING gin (words)");
        await postgres.ExecuteAsync("ANALYZE competences");
        return postgres;
    }

    /// <summary>The mean time of a question.</summary>
    public async Task<double> MillisecondsAsync(IReadOnlyCollection<SameCandidates> asked)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (SameCandidates item in asked)
        {
            await using var query = new NpgsqlCommand(
                "SELECT id FROM competences, CAST($1 AS tsquery) AS asked WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT 10", _connection)
            {
                Parameters = { new() { Value = QueryOf(item.Terms) } },
            };
            await using NpgsqlDataReader reader = await query.ExecuteReaderAsync();
            while (await reader.ReadAsync()) _ = reader.GetString(0);
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / asked.Count;
    }

    /// <summary>All candidates, not only the best.</summary>
    public async Task<HashSet<string>> AllAsync(SameCandidates asked)
    {
        await using var query = new NpgsqlCommand("SELECT id FROM competences WHERE words @@ CAST($1 AS tsquery)", _connection) { Parameters = { new() { Value = QueryOf(asked.Terms) } } };
        await using NpgsqlDataReader reader = await query.ExecuteReaderAsync();
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static string TermsOf(Item item) => string.Join(
        Separator, Words.FoundBy(item).Select(word => word.Term).Concat(SameCandidates.TaxonomyOf(item)).Distinct(StringComparer.Ordinal));

    /// <summary>Lexemes in quotes are taken as they are.</summary>
    private static string QueryOf(IEnumerable<string> terms) => string.Join(
        " | ", terms.Select(term => $"'{term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"));

    private async Task ExecuteAsync(string statement)
    {
        await using var command = new NpgsqlCommand(statement, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
