using Ecosystem.Search;

namespace Ecosystem.Matching.Profiles;

/// <summary>
/// What the languages make of a word that is asked with. Texts are many and words are few, so most have been asked with before: a table in which each
/// word has one place, taken by whoever came last. Entries never change, so threads need no lock.
/// </summary>
internal static class TermsOfWords
{
    private const int Places = 1 << 14;
    private const int LongestKept = 40;

    private static readonly TextAnalyzer[] Analyzers = [TextAnalyzer.German, TextAnalyzer.English, TextAnalyzer.Danish, TextAnalyzer.Neutral];

    private static readonly Entry?[] Kept = new Entry?[Places];

    /// <summary>The word and its terms, each once; none where it means nothing in some language ("und", "the").</summary>
    public static (string Word, IReadOnlyList<string> Terms) Of(ReadOnlySpan<char> word)
    {
        ref Entry? place = ref Kept[string.GetHashCode(word, StringComparison.Ordinal) & (Places - 1)];
        if (Volatile.Read(ref place) is { } kept && word.SequenceEqual(kept.Word)) return (kept.Word, kept.Terms);
        Entry made = Make(word.ToString());
        if (word.Length <= LongestKept) Volatile.Write(ref place, made);
        return (made.Word, made.Terms);
    }

    private static Entry Make(string word) => new(
        word,
        Array.Exists(Analyzers, analyzer => analyzer.IsStopWord(word))
            ? []
            : [.. Analyzers.Select(analyzer => analyzer.TermOf(word)).Where(term => term.Length > 0).Distinct(StringComparer.Ordinal)]);

    private sealed record Entry(string Word, string[] Terms);
}
