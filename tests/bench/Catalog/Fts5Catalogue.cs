using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Bench.Catalog;

/// <summary>
/// SQLite's FTS5 by hand: folding of accents, BM25 with the boosts of ours, a cache for the whole index, its own optimisation done. It has no
/// stems and no facets. Misspelt words are looked up in a table of trigrams over its vocabulary, which is how it is done there.
/// </summary>
internal sealed class Fts5Catalogue : ICatalogue
{
    private const string Ranked = "SELECT id FROM asset WHERE asset MATCH $1 ORDER BY bm25(asset, 0, 4.0, 2.5, 1.0, 0.8) LIMIT $2 OFFSET $3";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _ask;
    private readonly SqliteCommand _similar;

    public Fts5Catalogue(string file)
    {
        _connection = new SqliteConnection($"Data Source={file}");
        _connection.Open();
        Execute("PRAGMA journal_mode = OFF");
        Execute("PRAGMA synchronous = OFF");
        Execute("PRAGMA cache_size = -1000000");
        Execute("PRAGMA mmap_size = 4000000000");
        Execute("CREATE VIRTUAL TABLE asset USING fts5(id UNINDEXED, title, keywords, description, names, tokenize = 'unicode61 remove_diacritics 2')");
        Execute("CREATE VIRTUAL TABLE word USING fts5vocab(asset, row)");
        Execute("CREATE VIRTUAL TABLE similar USING fts5(word, tokenize = 'trigram')");
        _ask = Command(Ranked, 3);
        _similar = Command("SELECT word FROM similar WHERE similar MATCH $1 ORDER BY rank LIMIT $2", 2);
    }

    public string Name => "fts5";

    public Task LoadAsync(int assets)
    {
        Execute("BEGIN");
        using (var insert = Command("INSERT INTO asset VALUES ($1, $2, $3, $4, $5)", 5))
        {
            for (var number = 0; number < assets; number++)
            {
                var asset = Corpus.Asset(number);
                Set(insert, asset.Id, asset.Title, string.Join(", ", asset.Keywords), asset.Description, $"{asset.Holder} {asset.City}");
                insert.ExecuteNonQuery();
            }
        }

        Execute("COMMIT");
        Execute("INSERT INTO asset(asset) VALUES ('optimize')");
        Execute("INSERT INTO similar SELECT term FROM word");
        Execute("INSERT INTO similar(similar) VALUES ('optimize')");
        return Task.CompletedTask;
    }

    public Task<int> AskAsync(Question question)
    {
        Set(_ask, Expression(question), Question.PageSize, question.Kind == QuestionKind.Deep ? Question.DeepPlace : 0);
        using var reader = _ask.ExecuteReader();
        var hits = 0;
        for (; reader.Read(); hits++)
            reader.GetString(0);
        return Task.FromResult(hits);
    }

    public ValueTask DisposeAsync()
    {
        _ask.Dispose();
        _similar.Dispose();
        return _connection.DisposeAsync();
    }

    private string Expression(Question question) => question.Kind switch
    {
        QuestionKind.Phrase => Quoted(string.Join(' ', question.Words)),
        QuestionKind.Typo => string.Join(" OR ", Similar(question.Words[0]).DefaultIfEmpty(question.Words[0]).Select(Quoted)),
        _ => string.Join(" OR ", question.Words.Select(Quoted)),
    };

    private List<string> Similar(string typed)
    {
        var word = typed.ToLower(CultureInfo.InvariantCulture);
        Set(_similar, string.Join(" OR ", Neighbourhood.Trigrams(word).Select(Quoted)), Neighbourhood.Candidates);
        using var reader = _similar.ExecuteReader();
        var similar = new List<string>();
        while (reader.Read())
        {
            if (Neighbourhood.IsOneEditAway(reader.GetString(0), word))
                similar.Add(reader.GetString(0));
        }

        return similar;
    }

    private static string Quoted(string word) => $"\"{word}\"";

    private void Execute(string sql)
    {
        using var command = Command(sql, 0);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // fixed texts of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        for (var number = 1; number <= parameters; number++)
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${number}") });
        return command;
    }

    private static void Set(SqliteCommand command, params object[] values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
    }
}
