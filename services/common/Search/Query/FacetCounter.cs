using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// Counts the values of the requested facets. A document that fails only the filters of one field still counts for the facet of that field,
/// so a person who chose one value sees how many the other values would give.
/// </summary>
internal sealed class FacetCounter(SearchSchema schema, SearchQuery query)
{
    private readonly Dictionary<string, Dictionary<string, long>> _counts =
        query.Facets.Distinct(StringComparer.Ordinal)
            .ToDictionary(facet => facet, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Adds what was found in one segment.</summary>
    /// <param name="matches">What was found.</param>
    /// <param name="everything">Whether nothing was asked for, so that all live documents count.</param>
    internal void Count(SegmentMatches matches, bool everything)
    {
        foreach ((string facet, Dictionary<string, long> total) in _counts)
        {
            KeywordColumn column = matches.View.Segment.Keyword(schema.KeywordOrdinal(facet));
            long[] counts = everything ? LiveTotals(column, matches.View.Deleted) : new long[column.Values.Length];
            if (!everything) column.Count(matches.CountedFor(facet), counts);
            for (int ordinal = 0; ordinal < counts.Length; ordinal++)
            {
                if (counts[ordinal] > 0) CollectionsMarshal.GetValueRefOrAddDefault(total, column.Values[ordinal], out _) += counts[ordinal];
            }
        }
    }

    internal Dictionary<string, IReadOnlyList<FacetCount>> Result() => _counts.ToDictionary(
        facet => facet.Key,
        facet => (IReadOnlyList<FacetCount>)[.. facet.Value.Select(value => new FacetCount(value.Key, value.Value))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal).Take(query.FacetSize)],
        StringComparer.Ordinal);

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
