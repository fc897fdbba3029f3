namespace Ecosystem.Search;

/// <summary>One text field of a segment: its dictionary in ordinal order, the postings of each term, and the length of each document.</summary>
internal sealed class TextColumn(string[] terms, PostingList[] postings, int[] lengths)
{
    private int[]? _byReversedTerm;

    internal string[] Terms => terms;

    internal PostingList[] Postings => postings;

    /// <summary>Number of indexed words per document.</summary>
    internal int[] Lengths => lengths;

    internal PostingList? Find(string term)
    {
        int index = Array.BinarySearch(terms, term, StringComparer.Ordinal);
        return index >= 0 ? postings[index] : null;
    }

    /// <summary>The terms that begin so, in ordinal order.</summary>
    internal IEnumerable<string> BeginningWith(string beginning)
    {
        int at = Array.BinarySearch(terms, beginning, StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < terms.Length && terms[at].StartsWith(beginning, StringComparison.Ordinal); at++) yield return terms[at];
    }

    /// <summary>The terms that end so.</summary>
    internal IEnumerable<string> EndingIn(string ending)
    {
        int[] order = ByReversedTerm();
        int low = 0;
        int high = order.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ReversedOrdinal.Compare(terms[order[middle]], ending) < 0) low = middle + 1;
            else high = middle;
        }
        for (; low < order.Length && terms[order[low]].EndsWith(ending, StringComparison.Ordinal); low++) yield return terms[order[low]];
    }

    /// <summary>Term numbers in the order of the terms read backwards; made when first needed and kept.</summary>
    private int[] ByReversedTerm()
    {
        if (_byReversedTerm is not null) return _byReversedTerm;
        int[] order = Enumerable.Range(0, terms.Length).ToArray();
        Array.Sort(order, (left, right) => ReversedOrdinal.Compare(terms[left], terms[right]));
        return _byReversedTerm = order;
    }
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
