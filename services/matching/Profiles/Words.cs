using Ecosystem.Search;

namespace Ecosystem.Matching.Profiles;

/// <summary>A word that an item asks with: the terms under which it may be found, and how much it counts.</summary>
internal sealed record AskedWord(string Word, IReadOnlyList<string> Terms, bool German, double Weight);

/// <summary>One occurrence of a word in an item that can be found.</summary>
internal readonly record struct FoundWord(string Term, string Word, string Field, double Weight);

/// <summary>
/// Turns texts into words that meet: each text is stemmed in its own language, and asked for in every language, because methods and names are
/// English in German texts too.
/// </summary>
internal static class Words
{
    /// <summary>What follows so many distinct words adds cost, not meaning, and is not read.</summary>
    public const int MostAsked = 400;

    /// <summary>No more of a text is read, so that one hostile item cannot fill the memory.</summary>
    private const int LongestRead = 20_000;

    private static readonly Dictionary<string, (double Boost, double Normalization, double Length)> Fields = new(StringComparer.Ordinal)
    {
        ["title"] = (3, 0.5, 8), ["keywords"] = (2, 0.3, 6), ["methods"] = (2, 0.3, 4), ["target_groups"] = (2, 0.3, 4), ["description"] = (1, 0.75, 60),
    };

    /// <summary>
    /// The words by which an item is found, weighted as BM25F does. Lengths are compared with fixed usual ones, not with averages of what is there,
    /// so that nothing has to be weighed again when something else arrives.
    /// </summary>
    public static List<FoundWord> FoundBy(Item item)
    {
        var words = new List<FoundWord>();
        foreach (IGrouping<(string Field, string Language), ItemText> part in item.Texts.GroupBy(text => (text.Field, text.Language)))
        {
            (double boost, double normalization, double usual) = Fields[part.Key.Field];
            TextAnalyzer[] analyzers = AnalyzersOf(part.Key.Language);
            List<(string Term, string Word)> terms =
            [
                .. part.SelectMany(text => analyzers.SelectMany(analyzer =>
                {
                    string read = Cut(text.Text);
                    return analyzer.Analyze(read).Select(token => (token.Term, read.Substring(token.Start, token.Length)));
                })),
            ];
            double weight = boost / (1 - normalization + (normalization * terms.Count / analyzers.Length / usual));
            words.AddRange(terms.Select(term => new FoundWord(term.Term, term.Word, part.Key.Field, weight)));
        }
        return words;
    }

    /// <summary>The words that an item asks with: what stands in its title counts more.</summary>
    public static IReadOnlyList<AskedWord> AskedBy(Item item) => AskedBy(item.Texts.Select(text => (text.Text, text.Language, Weight: text.Field == "description" ? 1 : 2.0)));

    /// <summary>The words that a text of people asks with.</summary>
    public static IReadOnlyList<AskedWord> AskedBy(string text, string language) => AskedBy([(text, language, 1)]);

    private static IReadOnlyList<AskedWord> AskedBy(IEnumerable<(string Text, string Language, double Weight)> texts)
    {
        var asked = new Dictionary<string, AskedWord>(StringComparer.Ordinal);
        foreach ((string text, string language, double weight) in texts)
        {
            string read = Cut(text);
            TextAnalyzer own = TextAnalyzer.For(language);
            bool german = own == TextAnalyzer.German || language.Length == 0;
            foreach (TextToken token in own.Analyze(read))
            {
                (string word, IReadOnlyList<string> terms) = TermsOfWords.Of(read.AsSpan(token.Start, token.Length));
                if (terms.Count == 0) continue;
                if (asked.TryGetValue(token.Term, out AskedWord? known))
                {
                    asked[token.Term] = known with { Weight = known.Weight + weight };
                }
                else if (asked.Count < MostAsked)
                {
                    if (terms[0] != token.Term) terms = [token.Term, .. terms.Where(term => term != token.Term)];
                    asked.Add(token.Term, new AskedWord(word, terms, german, weight));
                }
            }
        }
        return [.. asked.Values];
    }

    private static TextAnalyzer[] AnalyzersOf(string language) =>
        language.Length == 0 ? [TextAnalyzer.German, TextAnalyzer.English] : [TextAnalyzer.For(language)];

    private static string Cut(string text) => text.Length <= LongestRead ? text : text[..LongestRead];
}
