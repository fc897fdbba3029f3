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

    internal SegmentFacets Begin(Segment segment) => new(_counts.Keys.Select(facet => (facet, segment.Keyword(schema.KeywordOrdinal(facet)))), this);

    internal Dictionary<string, IReadOnlyList<FacetCount>> Result() => _counts.ToDictionary(
        facet => facet.Key,
        facet => (IReadOnlyList<FacetCount>)[.. facet.Value.Select(value => new FacetCount(value.Key, value.Value))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal).Take(query.FacetSize)],
        StringComparer.Ordinal);

    internal sealed class SegmentFacets(IEnumerable<(string Facet, KeywordColumn Column)> columns, FacetCounter counter)
    {
        private readonly (string Facet, KeywordColumn Column, long[] Counts)[] _columns =
            [.. columns.Select(column => (column.Facet, column.Column, new long[column.Column.Values.Length]))];

        /// <summary>Counts a document for all facets, or for one only.</summary>
        internal void Count(int document, string? onlyFacet)
        {
            foreach ((string facet, KeywordColumn column, long[] counts) in _columns)
            {
                if (onlyFacet is not null && facet != onlyFacet) continue;
                foreach (int ordinal in column.Of(document)) counts[ordinal]++;
            }
        }

        internal void End()
        {
            foreach ((string facet, KeywordColumn column, long[] counts) in _columns)
            {
                Dictionary<string, long> total = counter._counts[facet];
                for (int ordinal = 0; ordinal < counts.Length; ordinal++)
                {
                    if (counts[ordinal] > 0) total[column.Values[ordinal]] = total.GetValueOrDefault(column.Values[ordinal]) + counts[ordinal];
                }
            }
        }
    }
}
