using System.Globalization;
using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Bench.Catalog;

/// <summary>
/// PostgreSQL's full text by hand: German dictionary, weights per field, a GIN index without pending list, vacuumed, with memory as for a
/// machine of its own. Facets are counted over the hits of one pass. Misspelt words are looked up by pg_trgm in a table of its words.
/// </summary>
internal sealed class PostgresCatalogue : ICatalogue
{
    // Weights of ts_rank are given for D, C, B, A.
    private const string Rank = "ts_rank('{0.08, 0.25, 0.6, 1.0}', body, q)";

    private readonly PostgreSqlServer _server;
    private NpgsqlDataSource _source = null!;

    private PostgresCatalogue(PostgreSqlServer server) => _server = server;

    public string Name => "postgres";

    public static async Task<PostgresCatalogue?> StartAsync()
    {
        var server = await PostgreSqlServer.StartAsync();
        if (server.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"postgres is left out: {missing}");
            return null;
        }

        return new PostgresCatalogue(server);
    }

    public async Task LoadAsync(int assets)
    {
        await TuneAsync();
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync()) { CommandTimeout = 0, MaxAutoPrepare = 20 });
        await ExecuteAsync("CREATE EXTENSION pg_trgm");
        await ExecuteAsync(
            """
            CREATE UNLOGGED TABLE incoming (id text, title text, keywords text, description text, names text, themes text[], categories text[],
                protection text, access text, state text, format text, holder text, area text)
            """);
        await CopyAsync(assets);
        await ExecuteAsync(
            """
            CREATE UNLOGGED TABLE asset AS SELECT id, themes, categories, protection, access, state, format, holder, area,
                setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', keywords), 'B')
                || setweight(to_tsvector('german', description), 'C') || setweight(to_tsvector('german', names), 'D') AS body FROM incoming
            """);
        await ExecuteAsync("DROP TABLE incoming");
        await ExecuteAsync("CREATE INDEX asset_body ON asset USING gin (body) WITH (fastupdate = off)");
        await ExecuteAsync("CREATE TABLE word AS SELECT word FROM ts_stat('SELECT body FROM asset')");
        await ExecuteAsync("CREATE INDEX word_similar ON word USING gin (word gin_trgm_ops)");
        await ExecuteAsync("VACUUM ANALYZE");
    }

    public async Task<int> AskAsync(Question question)
    {
        await using var connection = await _source.OpenConnectionAsync();
        var (query, words) = question.Kind switch
        {
            QuestionKind.Phrase => ("phraseto_tsquery('german', $1)", string.Join(' ', question.Words)),
            QuestionKind.Typo => ("to_tsquery('simple', $1)", string.Join(" | ", (await SimilarAsync(connection, question.Words[0])).Select(Lexeme))),
            _ => ("to_tsquery('german', $1)", string.Join(" | ", question.Words.Select(Lexeme))),
        };
        if (words.Length == 0)
            return 0;
        return question.Kind == QuestionKind.Faceted
            ? await ReadAsync(connection, Faceted(query), words, question.Theme!)
            : await ReadAsync(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT id, {Rank} AS rank FROM asset, {query} q WHERE body @@ q ORDER BY rank DESC, id
                LIMIT {Question.PageSize} OFFSET {(question.Kind == QuestionKind.Deep ? Question.DeepPlace : 0)}
                """), words);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static string Faceted(string query)
    {
        var counts = Facets.Names.Select(facet => facet switch
        {
            "theme" => "SELECT 'theme', value, count(*) FROM hits, unnest(themes) value GROUP BY value",
            "category" => "SELECT 'category', value, count(*) FROM hits, unnest(categories) value GROUP BY value",
            _ => $"SELECT '{facet}', {facet}, count(*) FROM hits GROUP BY {facet}",
        });
        return $"""
            WITH hits AS MATERIALIZED (SELECT asset.*, {Rank} AS rank FROM asset, {query} q WHERE body @@ q AND themes && ARRAY[$2] AND state = 'published'),
            best AS (SELECT id, rank FROM hits ORDER BY rank DESC, id LIMIT {Question.PageSize})
            SELECT id, NULL, NULL FROM best UNION ALL {string.Join(" UNION ALL ", counts)}
            """;
    }

    private static string Lexeme(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";

    private static async Task<List<string>> SimilarAsync(NpgsqlConnection connection, string word)
    {
        var typed = word.ToLower(CultureInfo.InvariantCulture);
        await using var command = Command(connection, $"SELECT word FROM word WHERE word % $1 ORDER BY word <-> $1 LIMIT {Neighbourhood.Candidates}", typed);
        await using var reader = await command.ExecuteReaderAsync();
        var similar = new List<string>();
        while (await reader.ReadAsync())
        {
            // The table has stems, and the letters that were cut off are not known.
            if (Neighbourhood.IsOneEditAway(reader.GetString(0), typed[..Math.Min(typed.Length, reader.GetString(0).Length)]))
                similar.Add(reader.GetString(0));
        }

        return similar;
    }

    private static async Task<int> ReadAsync(NpgsqlConnection connection, string sql, params string[] arguments)
    {
        await using var command = Command(connection, sql, arguments);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        for (; await reader.ReadAsync(); rows++)
            reader.GetString(0);
        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params string[] arguments)
    {
#pragma warning disable CA2100 // fixed texts of this class
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return command;
    }

    private async Task TuneAsync()
    {
        await using (var admin = new NpgsqlConnection(await _server.CreateDatabaseAsync()))
        {
            await admin.OpenAsync();
            foreach (var setting in (string[])
            [
                "shared_buffers = '2GB'", "effective_cache_size = '8GB'", "work_mem = '256MB'", "maintenance_work_mem = '1GB'", "jit = off",
                "random_page_cost = 1.1", "max_wal_size = '8GB'",
            ])
            {
                await using var command = Command(admin, $"ALTER SYSTEM SET {setting}");
                await command.ExecuteNonQueryAsync();
            }
        }

        NpgsqlConnection.ClearAllPools();
        await _server.KillAsync();
        await _server.StartAgainAsync();
    }

    private async Task CopyAsync(int assets)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var import = await connection.BeginBinaryImportAsync("COPY incoming FROM STDIN (FORMAT BINARY)");
        for (var number = 0; number < assets; number++)
        {
            var asset = Corpus.Asset(number);
            await import.StartRowAsync();
            foreach (var text in (string[])[asset.Id, asset.Title, string.Join(", ", asset.Keywords), asset.Description, $"{asset.Holder} {asset.City}"])
                await import.WriteAsync(text);
            foreach (var value in asset.Facets.All.Index())
            {
                if (value.Index < 2)
                    await import.WriteAsync(value.Item);
                else
                    await import.WriteAsync(value.Item[0]);
            }
        }

        await import.CompleteAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }
}
