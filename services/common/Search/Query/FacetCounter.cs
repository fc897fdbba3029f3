namespace Ecosystem.Search;

/// <summary>
/// Counts the values of the requested facets. A document that fails only the filters of one field still counts for the facet of that field,
/// so a person who chose one value sees how many the other values would give.
/// </summary>
internal sealed class FacetCounter
{
    private readonly SearchSchema _schema;
    private readonly FacetNumbers[] _numbers;
    private readonly int _size;
    private readonly Dictionary<string, long[]> _counts;

    internal FacetCounter(SearchSchema schema, FacetNumbers[] numbers, SearchQuery query)
    {
        _schema = schema;
        _numbers = numbers;
        _size = query.FacetSize;
        _counts = query.Facets.Distinct(StringComparer.Ordinal).ToDictionary(facet => facet, _ => Array.Empty<long>(), StringComparer.Ordinal);
    }

    /// <summary>Adds what was found in one segment.</summary>
    /// <param name="matches">What was found.</param>
    /// <param name="everything">Whether nothing was asked for, so that all live documents count.</param>
    internal void Count(SegmentMatches matches, bool everything)
    {
        foreach (string facet in _counts.Keys)
        {
            int field = _schema.KeywordOrdinal(facet);
            KeywordColumn column = matches.View.Segment.Keyword(field);
            long[] counts = everything ? LiveTotals(column, matches.View.Deleted) : new long[column.Values.Length];
            if (!everything) column.Count(matches.CountedFor(facet), counts);
            AddUp(facet, column.Numbers(_numbers[field]), counts, _numbers[field].Count);
        }
    }

    internal Dictionary<string, IReadOnlyList<FacetCount>> Result() => _counts.ToDictionary(
        facet => facet.Key, facet => MostFrequent(_numbers[_schema.KeywordOrdinal(facet.Key)], facet.Value), StringComparer.Ordinal);

    private void AddUp(string facet, int[] numbers, long[] counts, int known)
    {
        long[] total = _counts[facet];
        if (total.Length < known)
        {
            Array.Resize(ref total, known);
            _counts[facet] = total;
        }
        for (int ordinal = 0; ordinal < counts.Length; ordinal++) total[numbers[ordinal]] += counts[ordinal];
    }

    /// <summary>The values with the highest counts; of equal ones the first in ordinal order.</summary>
    private IReadOnlyList<FacetCount> MostFrequent(FacetNumbers numbers, long[] counts)
    {
        long least = 1;
        int above = counts.Count(count => count > 0);
        if (above > _size)
        {
            // All values with the count of the last place are candidates for it.
            long[] descending = [.. counts];
            Array.Sort(descending, static (left, right) => right.CompareTo(left));
            least = _size == 0 ? long.MaxValue : descending[_size - 1];
        }
        var best = new List<FacetCount>();
        for (int number = 0; number < counts.Length; number++)
        {
            if (counts[number] >= least) best.Add(new FacetCount(numbers[number], counts[number]));
        }
        return [.. best.OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal).Take(_size)];
    }

    private static long[] LiveTotals(KeywordColumn column, DeletedDocuments deleted)
    {
        long[] counts = [.. column.Totals()];
        foreach (int document in deleted.All())
        {
            foreach (int ordinal in column.Of(document)) counts[ordinal]--;
        }
        return counts;
    }
}
