namespace Ecosystem.Bench.Catalog;

/// <summary>How people ask.</summary>
internal enum QuestionKind
{
    /// <summary>One or two words, one of which is enough.</summary>
    Term,

    /// <summary>Two words that must stand together.</summary>
    Phrase,

    /// <summary>A word with one letter wrong that occurs nowhere as it stands.</summary>
    Typo,

    /// <summary>A word, narrowed by a theme and a state; the values of eight facets are counted.</summary>
    Faceted,

    /// <summary>A word, twenty hits from the five thousandth on.</summary>
    Deep,
}

/// <summary>A question to the catalogue.</summary>
internal sealed record Question(QuestionKind Kind, string[] Words, string? Theme = null)
{
    public const int PageSize = 20;

    public const int DeepPlace = 5_000;

    /// <summary>Questions with words that assets really contain: the more often written, the more often asked.</summary>
    public static Question[] Make(QuestionKind kind, int count, int assets)
    {
        var random = new Random(17 * (int)kind);
        var questions = new List<Question>();
        while (questions.Count < count)
        {
            var asset = Corpus.Asset(random.Next(assets));
            switch (kind)
            {
                case QuestionKind.Phrase:
                    if (Neighbours(asset.Description, random) is { } pair)
                        questions.Add(new Question(kind, pair));
                    break;
                case QuestionKind.Typo:
                    questions.Add(new Question(kind, [Misspell(asset.Keywords[1], random)]));
                    break;
                case QuestionKind.Faceted:
                    questions.Add(new Question(kind, [asset.Keywords[random.Next(4)]], asset.Facets.Themes[0]));
                    break;
                case QuestionKind.Deep:
                    questions.Add(new Question(kind, [asset.Keywords[random.Next(2) * 2]]));
                    break;
                default:
                    var word = asset.Keywords[random.Next(4)];
                    questions.Add(new Question(kind, random.Next(2) == 0 || word == asset.City ? [word] : [word, asset.City]));
                    break;
            }
        }

        return [.. questions];
    }

    private static string[]? Neighbours(string text, Random random)
    {
        var words = text.Split(' ');
        var at = random.Next(words.Length - 1);
        return words[at].Length > 4 && words[at + 1].Length > 4 && words[at].All(char.IsLetter) && words[at + 1].All(char.IsLetter) ? words[at..(at + 2)] : null;
    }

    private static string Misspell(string word, Random random)
    {
        var at = random.Next(2, word.Length - 3);
        return $"{word[..at]}{(word[at] == 'x' ? 'y' : 'x')}{word[(at + 1)..]}";
    }
}

/// <summary>A catalogue that is asked: ours or a peer.</summary>
internal interface ICatalogue : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Takes the assets in and makes them searchable.</summary>
    Task LoadAsync(int assets);

    /// <summary>Reads the answer to the end; the number of hits on the page.</summary>
    Task<int> AskAsync(Question question);
}
