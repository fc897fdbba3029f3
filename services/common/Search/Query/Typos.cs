namespace Ecosystem.Search;

/// <summary>
/// Finds the indexed terms one edit away from a term that occurs nowhere: one letter added, left out, changed, or two neighbours swapped
/// (Damerau). One of the halves of the word is then unharmed, so only terms that share a half are compared.
/// </summary>
internal sealed class Typos(Snapshot snapshot, ClauseMatcher matcher)
{
    /// <summary>Shorter words have too many neighbours to guess among.</summary>
    internal const int ShortestTerm = 4;

    private const int MostGuesses = 16;
    private const double GuessWeight = 0.6;

    internal QueryClause Corrected(QueryClause clause)
    {
        var guesses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Reading reading in clause.Readings)
        {
            if (!reading.IsPhrase && reading.Terms[0].Length >= ShortestTerm) guesses.UnionWith(Near(reading.Terms[0]));
        }
        return guesses.Count == 0 ? clause : clause with { Readings = [.. guesses.Take(MostGuesses).Select(term => Reading.Word(term, GuessWeight))] };
    }

    private IEnumerable<string> Near(string term)
    {
        int half = (term.Length - 1) / 2;
        for (int segment = 0; segment < snapshot.Segments.Length; segment++)
        {
            TermIndex terms = snapshot.Segments[segment].Segment.Terms;
            foreach (string candidate in terms.BeginningWith(term[..half]).Concat(terms.EndingIn(term[^half..])))
            {
                if (IsOneEditAway(term, candidate) && matcher.OccursIn(segment, candidate)) yield return candidate;
            }
        }
    }

    internal static bool IsOneEditAway(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (Math.Abs(left.Length - right.Length) > 1) return false;
        int prefix = left.CommonPrefixLength(right);
        ReadOnlySpan<char> leftRest = left[prefix..];
        ReadOnlySpan<char> rightRest = right[prefix..];
        if (leftRest.Length > rightRest.Length) return leftRest[1..].SequenceEqual(rightRest);
        if (leftRest.Length < rightRest.Length) return rightRest[1..].SequenceEqual(leftRest);
        if (leftRest.Length == 0) return false;
        if (leftRest[1..].SequenceEqual(rightRest[1..])) return true;
        return leftRest.Length > 1 && leftRest[0] == rightRest[1] && leftRest[1] == rightRest[0] && leftRest[2..].SequenceEqual(rightRest[2..]);
    }
}
