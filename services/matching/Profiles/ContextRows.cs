namespace Ecosystem.Matching.Profiles;

/// <summary>
/// Vectors of whole numbers, one for each word. Each question is compared with all of them, so they lie side by side and take a byte for each number:
/// nearly every number fits. What goes beyond is carried into a second row, which only the most frequent words have; so nothing is ever rounded.
/// </summary>
internal sealed class ContextRows
{
    public const int Dimensions = 128;

    private const int FirstRoom = 1_024;
    private const int CarryUnit = 256;

    private readonly Stack<int> _free = new();
    private readonly Dictionary<int, sbyte[]> _carries = [];
    private sbyte[] _values = new sbyte[FirstRoom * Dimensions];
    private int[] _items = new int[FirstRoom];
    private long[] _squares = new long[FirstRoom];
    private double[] _lengths = new double[FirstRoom];
    private int _size;

    /// <summary>A row of zeros.</summary>
    public int Add()
    {
        if (_free.TryPop(out int row)) return row;
        if (_size == _items.Length)
        {
            Array.Resize(ref _values, _size * 2 * Dimensions);
            Array.Resize(ref _items, _size * 2);
            Array.Resize(ref _squares, _size * 2);
            Array.Resize(ref _lengths, _size * 2);
        }
        return _size++;
    }

    public void Remove(int row)
    {
        Values(row).Clear();
        _carries.Remove(row);
        (_items[row], _squares[row], _lengths[row]) = (0, 0, 0);
        _free.Push(row);
    }

    /// <summary>Adds an item's marks to a row, or takes them away; how many items the row has then.</summary>
    /// <param name="row">The row.</param>
    /// <param name="places">Twice the place in the row, and 1 more where the mark is negative.</param>
    /// <param name="by">1 to add, -1 to take away.</param>
    public int Mark(int row, ReadOnlySpan<int> places, int by)
    {
        Span<sbyte> values = Values(row);
        sbyte[]? carry = _carries.GetValueOrDefault(row);
        foreach (int place in places)
        {
            int at = place >> 1;
            int mark = (place & 1) == 0 ? by : -by;
            int whole = Whole(values, carry, at);
            _squares[row] += (2 * mark * whole) + 1; // (x ± 1)² = x² ± 2x + 1
            values[at] = unchecked((sbyte)(whole + mark));
            if (carry is null && values[at] != whole + mark) _carries.Add(row, carry = new sbyte[Dimensions]);
            if (carry is not null) carry[at] = (sbyte)((whole + mark - values[at]) / CarryUnit);
        }
        _lengths[row] = Math.Sqrt(_squares[row]);
        return _items[row] += by;
    }

    /// <summary>How many items have marked the row.</summary>
    public int ItemsOf(int row) => _items[row];

    public double LengthOf(int row) => _lengths[row];

    public void CopyTo(int row, Span<short> vector)
    {
        Span<sbyte> values = Values(row);
        sbyte[]? carry = _carries.GetValueOrDefault(row);
        for (int at = 0; at < Dimensions; at++) vector[at] = (short)Whole(values, carry, at);
    }

    public double Cosine(ReadOnlySpan<short> vector, double length, int row)
    {
        long product = Products.Sum(vector, Values(row));
        if (_carries.TryGetValue(row, out sbyte[]? carry)) product += CarryUnit * (long)Products.Sum(vector, carry);
        return product / (length * _lengths[row]);
    }

    /// <summary>The rows of at least so many items that are at least so close to a vector, in no order.</summary>
    public List<(int Row, double Closeness)> CloseTo(ReadOnlySpan<short> vector, double length, int leastItems, double leastCloseness)
    {
        var close = new List<(int Row, double Closeness)>();
        double bar = leastCloseness * length * 0.999_999; // spares the division for nearly all; who is near the bar is looked at exactly
        for (int row = 0; row < _size; row++)
        {
            if (_items[row] < leastItems || Products.Sum(vector, Values(row)) < bar * _lengths[row] || _carries.ContainsKey(row)) continue;
            double closeness = Cosine(vector, length, row);
            if (closeness >= leastCloseness) close.Add((row, closeness));
        }
        foreach (int row in _carries.Keys)
        {
            double closeness = _items[row] >= leastItems ? Cosine(vector, length, row) : 0;
            if (closeness >= leastCloseness) close.Add((row, closeness));
        }
        return close;
    }

    private static int Whole(ReadOnlySpan<sbyte> values, sbyte[]? carry, int at) => values[at] + (carry is null ? 0 : CarryUnit * carry[at]);

    private Span<sbyte> Values(int row) => _values.AsSpan(row * Dimensions, Dimensions);
}
