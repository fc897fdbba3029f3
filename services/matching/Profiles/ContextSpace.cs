namespace Ecosystem.Matching.Profiles;

/// <summary>A word that stands in the same company as one that was asked for.</summary>
/// <param name="Term">The word's term.</param>
/// <param name="Of">The asked term it is closest to.</param>
/// <param name="Closeness">The cosine of the two, 0 to 1.</param>
internal readonly record struct ContextTerm(string Term, string Of, double Closeness);

/// <summary>
/// Latent semantics by random indexing (Kanerva, Kristoferson and Holst, 2000): every item is a few marks at places that its id decides, and a
/// word is the sum of the marks of the items it stands in; so words that stand in the same items lie close together, across languages too. Sums of
/// whole numbers do not depend on the order of changes and can be undone exactly: the same profiles give the same space, and a change costs what the
/// one item holds. No more than a fixed number of words is learnt, which bounds the memory and the search.
/// </summary>
internal sealed class ContextSpace : IDisposable
{
    private const int Dimensions = ContextRows.Dimensions;
    private const int Marks = 8;
    private const int MostTerms = 60_000;
    private const int QueryScale = 256;

    /// <summary>A word that stands in fewer items keeps no company that says anything.</summary>
    private const int LeastItems = 5;

    /// <summary>Chance brings two words closer than this about once in a hundred thousand.</summary>
    private const double LeastCloseness = 0.35;

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<string, int> _rowsOf = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];
    private readonly ContextRows _rows = new();

    /// <summary>An item changed: what it had is undone, what it has is learnt.</summary>
    public void Change(string item, IEnumerable<string> had, IEnumerable<string> has)
    {
        Span<int> places = stackalloc int[Marks];
        PlacesOf(item, places);
        _gate.EnterWriteLock();
        try
        {
            foreach (string term in had) Mark(term, places, by: -1);
            foreach (string term in has) Mark(term, places, by: 1);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>The words closest to all that is asked for taken together that are also close to one of the asked words; the closest first.</summary>
    /// <param name="asked">Asked terms with their weights.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<ContextTerm> Near(IReadOnlyCollection<(string Term, double Weight)> asked, int most)
    {
        _gate.EnterReadLock();
        try
        {
            List<(string Term, int Row, double Weight)> known = KnownOf(asked);
            if (known.Count == 0) return [];
            short[] centre = CentreOf(known, out double length);
            if (length <= 0) return [];
            HashSet<int> own = [.. known.Select(one => one.Row)];
            return
            [
                .. _rows.CloseTo(centre, length, LeastItems, LeastCloseness).Where(one => !own.Contains(one.Row))
                    .OrderByDescending(one => one.Closeness).ThenBy(one => _terms[one.Row], StringComparer.Ordinal).Take(most)
                    .Select(one => ClosestTo(one.Row, known)).Where(one => one.Closeness >= LeastCloseness),
            ];
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Mark(string term, ReadOnlySpan<int> places, int by)
    {
        if (!_rowsOf.TryGetValue(term, out int row))
        {
            if (by < 0 || _rowsOf.Count == MostTerms) return;
            row = _rows.Add();
            _rowsOf.Add(term, row);
            if (row == _terms.Count) _terms.Add(term);
            else _terms[row] = term;
        }
        if (_rows.Mark(row, places, by) > 0) return;
        _rows.Remove(row);
        _rowsOf.Remove(term);
    }

    /// <summary>Where an item marks its words, and with which sign: decided by its id alone (FNV-1a, then SplitMix64).</summary>
    private static void PlacesOf(string item, Span<int> places)
    {
        ulong state = 14_695_981_039_346_656_037;
        foreach (char letter in item) state = (state ^ letter) * 1_099_511_628_211;
        for (int mark = 0; mark < places.Length; mark++)
        {
            state += 0x9E37_79B9_7F4A_7C15;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            places[mark] = (int)((mixed ^ (mixed >> 31)) % (2 * Dimensions));
        }
    }

    private List<(string Term, int Row, double Weight)> KnownOf(IReadOnlyCollection<(string Term, double Weight)> asked)
    {
        var known = new List<(string Term, int Row, double Weight)>(asked.Count);
        foreach ((string term, double weight) in asked)
        {
            if (_rowsOf.TryGetValue(term, out int row) && _rows.ItemsOf(row) >= LeastItems) known.Add((term, row, weight));
        }
        return known;
    }

    /// <summary>The weighted middle of some words, in whole numbers.</summary>
    private short[] CentreOf(List<(string Term, int Row, double Weight)> words, out double length)
    {
        Span<double> sums = stackalloc double[Dimensions];
        Span<short> values = stackalloc short[Dimensions];
        sums.Clear();
        foreach ((_, int row, double weight) in words)
        {
            if (_rows.LengthOf(row) <= 0) continue;
            double share = weight / _rows.LengthOf(row);
            _rows.CopyTo(row, values);
            for (int at = 0; at < Dimensions; at++) sums[at] += share * values[at];
        }
        double largest = 0;
        foreach (double sum in sums) largest = Math.Max(largest, Math.Abs(sum));
        short[] centre = new short[Dimensions];
        double squares = 0;
        for (int at = 0; at < Dimensions && largest > 0; at++)
        {
            centre[at] = (short)Math.Round(sums[at] / largest * QueryScale);
            squares += centre[at] * centre[at];
        }
        length = Math.Sqrt(squares);
        return centre;
    }

    /// <summary>A word with the one it is closest to; the first of equally close ones.</summary>
    private ContextTerm ClosestTo(int row, List<(string Term, int Row, double Weight)> words)
    {
        Span<short> vector = stackalloc short[Dimensions];
        _rows.CopyTo(row, vector);
        var closest = new ContextTerm(_terms[row], "", double.NegativeInfinity);
        foreach ((string term, int other, _) in words)
        {
            double closeness = _rows.LengthOf(other) <= 0 ? 0 : _rows.Cosine(vector, _rows.LengthOf(row), other);
            if (closeness > closest.Closeness) closest = closest with { Of = term, Closeness = closeness };
        }
        return closest;
    }
}
