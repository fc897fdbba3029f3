namespace Ecosystem.Search;

/// <summary>
/// Turns a text into the terms that are indexed: words are cut, stop words dropped, the rest is stemmed and folded, so that
/// "Mütter", "Muetter" and "mutter" meet in one term. German, English and Danish are known; any other language is only folded.
/// Analyzers may be shared between threads.
/// </summary>
public sealed class TextAnalyzer
{
    /// <summary>German: umlauts and their digraphs are one, stems by CISTEM (Weissweiler and Fraser, 2017).</summary>
    public static readonly TextAnalyzer German = new("de", StopWords.German, CistemStemmer.Stem);

    /// <summary>English: stems by the Porter2 algorithm (Porter, Snowball project).</summary>
    public static readonly TextAnalyzer English = new("en", StopWords.English, static word => Folding.Fold(EnglishStemmer.Stem(word)));

    /// <summary>Danish: light suffix stripping after the Danish algorithm of the Snowball project.</summary>
    public static readonly TextAnalyzer Danish = new("da", StopWords.Danish, static word => Folding.Fold(DanishStemmer.Stem(word)));

    /// <summary>No language known: words are folded and kept whole.</summary>
    public static readonly TextAnalyzer Neutral = new("", [], Folding.Fold);

    private readonly HashSet<string> _stopWords;
    private readonly Func<string, string> _stem;
    private readonly RecentTerms _recent = new();

    private TextAnalyzer(string language, IEnumerable<string> stopWords, Func<string, string> stem)
    {
        Language = language;
        _stem = stem;
        _stopWords = stopWords.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The language code (ISO 639-1) this analyzer is made for; empty for <see cref="Neutral"/>.</summary>
    public string Language { get; }

    /// <summary>The analyzer for a language tag.</summary>
    /// <param name="languageTag">A BCP 47 tag such as "de" or "en-GB"; only its first part counts. Null or unknown gives <see cref="Neutral"/>.</param>
    public static TextAnalyzer For(string? languageTag)
    {
        ReadOnlySpan<char> tag = languageTag;
        int end = tag.IndexOfAny('-', '_');
        ReadOnlySpan<char> primary = end < 0 ? tag : tag[..end];
        return primary switch
        {
            _ when primary.Equals("de", StringComparison.OrdinalIgnoreCase) => German,
            _ when primary.Equals("en", StringComparison.OrdinalIgnoreCase) => English,
            _ when primary.Equals("da", StringComparison.OrdinalIgnoreCase) => Danish,
            _ => Neutral,
        };
    }

    /// <summary>The terms of a text, in order, without stop words.</summary>
    /// <param name="text">Any text; malformed UTF-16 is treated as a word boundary.</param>
    public IEnumerable<TextToken> Analyze(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tokens(text);
    }

    /// <summary>Whether a word carries no meaning of its own in this language ("und", "the", "og").</summary>
    /// <param name="word">The word, in any case and spelling of umlauts.</param>
    public bool IsStopWord(string word) => _stopWords.Contains(Folding.Fold(word));

    /// <summary>The term a single word is indexed under, whether or not it is a stop word.</summary>
    /// <param name="word">One word without spaces.</param>
    public string TermOf(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return _stem(Folding.LowerCase(word));
    }

    private IEnumerable<TextToken> Tokens(string text)
    {
        int position = 0;
        foreach (WordSpan word in WordBreaker.Words(text))
        {
            string term = TermAt(text, word);
            if (term.Length > 0) yield return new TextToken(term, position, word.Start, word.Length);
            position++;
        }
    }

    /// <summary>The term of a word in a text; empty for a stop word. Most words have been seen just before, and a stem costs more than a look.</summary>
    private string TermAt(string text, WordSpan word)
    {
        ReadOnlySpan<char> letters = text.AsSpan(word.Start, word.Length);
        if (_recent.Find(letters) is { } known) return known;
        string raw = letters.ToString();
        string term = IsStopWord(raw) ? "" : TermOf(raw);
        _recent.Keep(raw, term);
        return term;
    }
}
