namespace Ecosystem.Search;

/// <summary>
/// Adds to a German word what it forms compounds with, as far as it occurs in the index: compounds that end in it ("Krankenversicherung" for
/// "Versicherung"), since they are a kind of it; and, only for a word that occurs nowhere itself, compounds that begin with it and words it
/// ends in. Splitting at query time needs no word list, and the list cannot be out of date: it is the index.
/// </summary>
internal sealed class Compounds(Snapshot snapshot, ClauseMatcher matcher, int textFields)
{
    private const int ShortestPart = 4;
    private const int ShortestModifier = 3;
    private const int MostCompounds = 64;

    // Weights found on OMoS-QA (tests/evaluate): more than this and compounds push what was asked for from the first place.
    private const double KindOfWeight = 0.3;
    private const double LastResortWeight = 0.4;

    internal QueryClause Expand(QueryClause clause)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        bool absent = !clause.Readings.Any(reading => matcher.Occurs(reading.Terms[0]));
        foreach (Reading reading in clause.Readings)
        {
            string term = reading.Terms[0];
            if (term.Length < ShortestPart) continue;
            foreach (string compound in Columns().SelectMany(column => column.EndingIn(term)))
            {
                if (compound.Length - term.Length >= ShortestModifier) weights[compound] = KindOfWeight;
            }
            if (!absent) continue;
            foreach (string relative in Columns().SelectMany(column => LastResort(column, term))) weights.TryAdd(relative, LastResortWeight);
        }
        foreach (Reading reading in clause.Readings) weights.Remove(reading.Terms[0]);
        return weights.Count == 0 ? clause : clause with
        {
            Readings = [.. clause.Readings, .. weights.Take(MostCompounds).Select(entry => Reading.Word(entry.Key, entry.Value))],
        };
    }

    private static IEnumerable<string> LastResort(TextColumn column, string term)
    {
        foreach (string compound in column.BeginningWith(term))
        {
            if (compound.Length - term.Length >= ShortestModifier) yield return compound;
        }
        for (int start = ShortestModifier; term.Length - start >= ShortestPart; start++)
        {
            if (column.Find(term[start..]) is not null) yield return term[start..];
        }
    }

    private IEnumerable<TextColumn> Columns()
    {
        foreach (SegmentView view in snapshot.Segments)
        {
            for (int field = 0; field < textFields; field++)
            {
                if (matcher.BoostOf(field) > 0) yield return view.Segment.Text(field);
            }
        }
    }
}
