namespace Ecosystem.Search;

/// <summary>
/// All words of a segment: one dictionary for all text fields in ordinal order, and for each term where it occurs. Everything lies in a few
/// arrays, however many terms there are, so that millions of postings cost the collector nothing and go to disk as they are.
/// </summary>
/// <param name="terms">The terms in ordinal order.</param>
/// <param name="byReversed">Numbers of the terms in the order of the terms read backwards.</param>
/// <param name="counts">How many documents contain each term, deleted ones included.</param>
/// <param name="occurrences">Documents, fields and frequencies; see <see cref="PostingReader"/>.</param>
/// <param name="positions">Places within the fields.</param>
/// <param name="skips">Places to go on reading from, for long lists.</param>
internal sealed class TermIndex(string[] terms, int[] byReversed, int[] counts, PostingBytes occurrences, PostingBytes positions, Skips skips)
{
    internal string[] Terms => terms;

    internal int[] ByReversed => byReversed;

    internal int[] Counts => counts;

    internal PostingBytes Occurrences => occurrences;

    internal PostingBytes Positions => positions;

    internal Skips Skips => skips;

    /// <summary>The term's number, or -1.</summary>
    internal int Find(string term)
    {
        int index = Array.BinarySearch(terms, term, StringComparer.Ordinal);
        return index >= 0 ? index : -1;
    }

    internal PostingReader Read(int term) => new(this, term);

    /// <summary>The terms that begin so, in ordinal order.</summary>
    internal IEnumerable<string> BeginningWith(string beginning)
    {
        int at = Array.BinarySearch(terms, beginning, StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < terms.Length && terms[at].StartsWith(beginning, StringComparison.Ordinal); at++) yield return terms[at];
    }

    /// <summary>The terms that end so.</summary>
    internal IEnumerable<string> EndingIn(string ending)
    {
        int low = 0;
        int high = byReversed.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ReversedOrdinal.Compare(terms[byReversed[middle]], ending) < 0) low = middle + 1;
            else high = middle;
        }
        for (; low < byReversed.Length && terms[byReversed[low]].EndsWith(ending, StringComparison.Ordinal); low++) yield return terms[byReversed[low]];
    }
}

/// <summary>The bytes of all terms one after the other; those of a term begin at its start and end at that of the next.</summary>
internal sealed record PostingBytes(byte[] Bytes, int[] Starts);

/// <summary>
/// For each long list, after every <see cref="Distance"/> documents: the last document before, and where occurrences and positions go on. Three
/// numbers each.
/// </summary>
internal sealed record Skips(int[] Entries, int[] Starts)
{
    internal const int Distance = 128;

    internal const int Width = 3;
}

/// <summary>Ordinal order of words read from their last letter to their first.</summary>
internal static class ReversedOrdinal
{
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int shared = Math.Min(left.Length, right.Length);
        for (int index = 1; index <= shared; index++)
        {
            int difference = left[^index] - right[^index];
            if (difference != 0) return difference;
        }
        return left.Length - right.Length;
    }
}
