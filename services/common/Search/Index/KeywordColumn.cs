namespace Ecosystem.Search;

/// <summary>One keyword field of a segment: the distinct values, and for each document the numbers of its values.</summary>
internal sealed class KeywordColumn(string[] values, int[] starts, int[] ordinals)
{
    /// <summary>The distinct values in ordinal order.</summary>
    internal string[] Values => values;

    /// <summary>The numbers of a document's values in <see cref="Values"/>, ascending.</summary>
    internal ReadOnlySpan<int> Of(int document) => ordinals.AsSpan(starts[document], starts[document + 1] - starts[document]);

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
}
