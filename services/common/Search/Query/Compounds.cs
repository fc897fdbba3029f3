namespace Ecosystem.Search;

/// <summary>
/// Adds to a German word what it forms compounds with, as far as it occurs in the index: compounds that end in it ("Krankenversicherung" for
/// "Versicherung"), since they are a kind of it; and, only for a word that occurs nowhere itself, compounds that begin with it and words it
/// ends in. Splitting at query time needs no word list, and the list cannot be out of date: it is the index.
/// </summary>
internal sealed class Compounds(Snapshot snapshot, ClauseMatcher matcher)
{
    private const int ShortestPart = 4;
    private const int ShortestModifier = 3;
    private const int MostCompounds = 64;

    // Weights found on OMoS-QA (tests/evaluate): more than this and compounds push what was asked for from the first place.
    private const double KindOfWeight = 0.3;
    private const double LastResortWeight = 0.4;

    internal QueryClause Expand(QueryClause clause)
    {
        var relatives = new FirstTerms(MostCompounds, clause.Readings.Select(reading => reading.Terms[0]));
        bool absent = !clause.Readings.Any(reading => matcher.Occurs(reading.Terms[0]));
        foreach (Reading reading in clause.Readings)
        {
            string term = reading.Terms[0];
            if (term.Length < ShortestPart) continue;
            for (int segment = 0; segment < snapshot.Segments.Length; segment++) Add(segment, term, absent, relatives);
        }
        return relatives.Count == 0 ? clause : clause with
        {
            Readings = [.. clause.Readings, .. relatives.All().Select(entry => Reading.Word(entry.Term, entry.Weight))],
        };
    }

    private void Add(int segment, string term, bool absent, FirstTerms relatives)
    {
        TermIndex terms = snapshot.Segments[segment].Segment.Terms;
        foreach (string compound in terms.EndingIn(term))
        {
            if (compound.Length - term.Length >= ShortestModifier && relatives.Wants(compound, KindOfWeight) && matcher.OccursIn(segment, compound))
                relatives.Add(compound, KindOfWeight);
        }
        if (!absent) return;
        foreach (string relative in LastResort(terms, term))
        {
            if (relatives.Wants(relative, LastResortWeight) && matcher.OccursIn(segment, relative)) relatives.Add(relative, LastResortWeight);
        }
    }

    private static IEnumerable<string> LastResort(TermIndex terms, string term)
    {
        foreach (string compound in terms.BeginningWith(term))
        {
            if (compound.Length - term.Length >= ShortestModifier) yield return compound;
        }
        for (int start = ShortestModifier; term.Length - start >= ShortestPart; start++)
        {
            if (terms.Find(term[start..]) >= 0) yield return term[start..];
        }
    }
}

/// <summary>Keeps so many terms, the first in ordinal order, whatever the order in which they arrive.</summary>
internal sealed class FirstTerms(int most, IEnumerable<string> without)
{
    private readonly HashSet<string> _without = without.ToHashSet(StringComparer.Ordinal);
    private readonly SortedList<string, double> _terms = new(StringComparer.Ordinal);

    internal int Count => _terms.Count;

    /// <summary>Whether a term is among the first and not known with this weight or a lower one.</summary>
    internal bool Wants(string term, double weight) =>
        (_terms.Count < most || string.CompareOrdinal(term, _terms.Keys[^1]) <= 0)
        && !_without.Contains(term) && !(_terms.TryGetValue(term, out double known) && known <= weight);

    /// <summary>Adds a term that is wanted; of two weights the lower stays.</summary>
    internal void Add(string term, double weight)
    {
        _terms[term] = weight;
        if (_terms.Count > most) _terms.RemoveAt(most);
    }

    internal IEnumerable<(string Term, double Weight)> All() => _terms.Select(entry => (entry.Key, entry.Value));
}
