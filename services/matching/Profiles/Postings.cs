namespace Ecosystem.Matching.Profiles;

/// <summary>The items that have a term, with its weight in each.</summary>
internal sealed class Postings
{
    private int[] _items = new int[2];
    private float[] _weights = new float[2];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    public void Add(int item, float weight)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
            Array.Resize(ref _weights, Count * 2);
        }
        (_items[Count], _weights[Count]) = (item, weight);
        Count++;
    }

    public void Remove(int item)
    {
        int at = Items.IndexOf(item);
        if (at < 0) return;
        Count--;
        (_items[at], _weights[at]) = (_items[Count], _weights[Count]);
    }
}
