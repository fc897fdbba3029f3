using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    private const int Dimensions = 128;
    private const int Marks = 8;
    private const int MostTerms = 60_000;
    private const int FirstRoom = 1_024;
    private const int QueryScale = 256;

    /// <summary>A word that stands in fewer items keeps no company that says anything.</summary>
    private const int LeastItems = 5;

    /// <summary>Chance brings two words closer than this about once in a hundred thousand.</summary>
    private const double LeastCloseness = 0.35;

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = new();
    private string?[] _terms = new string?[FirstRoom];
    private int[] _items = new int[FirstRoom];
    private double[] _lengths = new double[FirstRoom];
    private short[] _values = new short[FirstRoom * Dimensions];
    private int _size;

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
            (string Term, int Row, double Weight)[] known =
                [.. asked.Where(one => _rows.ContainsKey(one.Term)).Select(one => (one.Term, _rows[one.Term], one.Weight)).Where(one => _items[one.Item2] >= LeastItems)];
            if (known.Length == 0) return [];
            short[] centre = CentreOf(known, out double length);
            if (length <= 0) return [];
            var close = new List<(int Row, double Closeness)>();
            for (int row = 0; row < _size; row++)
            {
                if (_items[row] < LeastItems) continue;
                double closeness = Dot(centre, row) / (length * _lengths[row]);
                if (closeness >= LeastCloseness) close.Add((row, closeness));
            }
            HashSet<int> own = [.. known.Select(one => one.Row)];
            return
            [
                .. close.Where(one => !own.Contains(one.Row)).OrderByDescending(one => one.Closeness).ThenBy(one => _terms[one.Row], StringComparer.Ordinal).Take(most)
                    .Select(one => known.Select(word => new ContextTerm(_terms[one.Row]!, word.Term, Cosine(one.Row, word.Row))).MaxBy(word => word.Closeness))
                    .Where(one => one.Closeness >= LeastCloseness),
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
        if (!_rows.TryGetValue(term, out int row))
        {
            if (by < 0 || _rows.Count == MostTerms) return;
            row = _free.Count > 0 ? _free.Pop() : NewRow();
            _rows.Add(term, row);
            _terms[row] = term;
        }
        Span<short> values = _values.AsSpan(row * Dimensions, Dimensions);
        foreach (int place in places) values[place >> 1] += (short)((place & 1) == 0 ? by : -by);
        _items[row] += by;
        _lengths[row] = Math.Sqrt(Dot(values, row));
        if (_items[row] > 0) return;
        values.Clear();
        _rows.Remove(term);
        _terms[row] = null;
        _free.Push(row);
    }

    private int NewRow()
    {
        if (_size == _terms.Length)
        {
            Array.Resize(ref _terms, _size * 2);
            Array.Resize(ref _items, _size * 2);
            Array.Resize(ref _lengths, _size * 2);
            Array.Resize(ref _values, _size * 2 * Dimensions);
        }
        return _size++;
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

    /// <summary>The weighted middle of some words, in whole numbers.</summary>
    private short[] CentreOf(IEnumerable<(string Term, int Row, double Weight)> words, out double length)
    {
        Span<double> sums = stackalloc double[Dimensions];
        sums.Clear();
        foreach ((_, int row, double weight) in words)
        {
            if (_lengths[row] <= 0) continue;
            ReadOnlySpan<short> values = _values.AsSpan(row * Dimensions, Dimensions);
            for (int at = 0; at < Dimensions; at++) sums[at] += weight / _lengths[row] * values[at];
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

    private double Cosine(int one, int other) =>
        _lengths[one] <= 0 || _lengths[other] <= 0 ? 0 : Dot(_values.AsSpan(one * Dimensions, Dimensions), other) / (_lengths[one] * _lengths[other]);

    private double Dot(ReadOnlySpan<short> vector, int row)
    {
        ReadOnlySpan<short> values = _values.AsSpan(row * Dimensions, Dimensions);
        return Avx2.IsSupported ? DotInPairs(vector, values) : DotOneByOne(vector, values);
    }

    /// <summary>Every word that is known is compared with every question, so this is where their time goes: two products at a time, as processors have it.</summary>
    private static int DotInPairs(ReadOnlySpan<short> one, ReadOnlySpan<short> other)
    {
        ReadOnlySpan<Vector256<short>> left = MemoryMarshal.Cast<short, Vector256<short>>(one);
        ReadOnlySpan<Vector256<short>> right = MemoryMarshal.Cast<short, Vector256<short>>(other);
        Vector256<int> sum = Vector256<int>.Zero;
        for (int at = 0; at < left.Length && at < right.Length; at++) sum += Avx2.MultiplyAddAdjacent(left[at], right[at]);
        return Vector256.Sum(sum);
    }

    private static int DotOneByOne(ReadOnlySpan<short> one, ReadOnlySpan<short> other)
    {
        int sum = 0;
        for (int at = 0; at < one.Length; at++) sum += one[at] * other[at];
        return sum;
    }
}
