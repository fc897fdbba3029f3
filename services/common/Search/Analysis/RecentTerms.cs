namespace Ecosystem.Search;

/// <summary>
/// The terms of words seen lately: a table in which each word has one place, taken by whoever came last. Entries never change, so threads need
/// no lock; the worst that a race does is to forget one.
/// </summary>
internal sealed class RecentTerms
{
    private const int Places = 1 << 14;
    private const int LongestKept = 40;

    private readonly Entry?[] _entries = new Entry?[Places];

    internal string? Find(ReadOnlySpan<char> word) =>
        Volatile.Read(ref _entries[PlaceOf(word)]) is { } entry && word.SequenceEqual(entry.Word) ? entry.Term : null;

    internal void Keep(string word, string term)
    {
        if (word.Length <= LongestKept) Volatile.Write(ref _entries[PlaceOf(word)], new Entry(word, term));
    }

    private static int PlaceOf(ReadOnlySpan<char> word) => string.GetHashCode(word, StringComparison.Ordinal) & (Places - 1);

    private sealed record Entry(string Word, string Term);
}
