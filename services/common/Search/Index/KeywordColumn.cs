namespace Ecosystem.Search;

/// <summary>One keyword field of a segment: the distinct values, and for each document the numbers of its values.</summary>
internal sealed class KeywordColumn(string[] values, int[] starts, int[] ordinals)
{
    private readonly bool _oneEach = ordinals.Length == starts.Length - 1 && HasOneEach(starts);
    private long[]? _totals;
    private int[]? _numbers;

    /// <summary>The distinct values in ordinal order.</summary>
    internal string[] Values => values;

    internal int[] Starts => starts;

    internal int[] Ordinals => ordinals;

    /// <summary>The numbers of a document's values in <see cref="Values"/>, ascending.</summary>
    internal ReadOnlySpan<int> Of(int document) => ordinals.AsSpan(starts[document], starts[document + 1] - starts[document]);

    /// <summary>How many documents have each value, deleted ones included; counted when first asked for.</summary>
    internal long[] Totals()
    {
        if (_totals is not null) return _totals;
        long[] totals = new long[values.Length];
        foreach (int ordinal in ordinals) totals[ordinal]++;
        return _totals = totals;
    }

    /// <summary>The number of each value among those of all segments; looked up when first asked for. A column belongs to one index.</summary>
    internal int[] Numbers(FacetNumbers all) => _numbers ??= all.Of(values);

    /// <summary>Adds up how many documents of a set have each value.</summary>
    internal void Count(DocumentSet documents, long[] counts)
    {
        ReadOnlySpan<ulong> words = documents.Words;
        for (int index = 0; index < words.Length; index++)
        {
            for (ulong rest = words[index]; rest != 0; rest &= rest - 1)
            {
                int document = (index << 6) + System.Numerics.BitOperations.TrailingZeroCount(rest);
                if (_oneEach)
                {
                    counts[ordinals[document]]++;
                    continue;
                }
                for (int at = starts[document]; at < starts[document + 1]; at++) counts[ordinals[at]]++;
            }
        }
    }

    internal static KeywordColumn Build(IReadOnlyList<IReadOnlyCollection<string>> valuesByDocument)
    {
        string[] distinct = [.. valuesByDocument.SelectMany(values => values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int[] starts = new int[valuesByDocument.Count + 1];
        var ordinals = new List<int>();
        for (int document = 0; document < valuesByDocument.Count; document++)
        {
            ordinals.AddRange(valuesByDocument[document].Distinct(StringComparer.Ordinal)
                .Select(value => Array.BinarySearch(distinct, value, StringComparer.Ordinal)).Order());
            starts[document + 1] = ordinals.Count;
        }
        return new KeywordColumn(distinct, starts, [.. ordinals]);
    }

    private static bool HasOneEach(int[] starts)
    {
        for (int document = 0; document < starts.Length; document++)
        {
            if (starts[document] != document) return false;
        }
        return true;
    }
}
