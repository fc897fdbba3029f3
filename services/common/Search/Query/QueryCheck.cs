namespace Ecosystem.Search;

/// <summary>Refuses queries that name what does not exist, instead of answering them with nothing.</summary>
internal static class QueryCheck
{
    internal static void Verify(SearchSchema schema, SearchQuery query)
    {
        if (query.PageSize is < 0 or > SearchQuery.LargestPage)
        {
            throw new InvalidSearchQueryException(nameof(query.PageSize), $"The page size must be between 0 and {SearchQuery.LargestPage}; it is {query.PageSize}.");
        }
        foreach (string facet in query.Facets)
        {
            if (schema.KeywordOrdinal(facet) < 0) throw Unknown(nameof(query.Facets), facet, schema.KeywordFields);
        }
        foreach (string field in query.Boosts.Keys)
        {
            if (schema.TextOrdinal(field) < 0) throw Unknown(nameof(query.Boosts), field, schema.TextFields.Select(text => text.Name));
        }
        foreach (SearchFilter filter in query.Filters)
        {
            IReadOnlyList<string> known = filter is SearchFilter.Interval ? schema.RangeFields : schema.KeywordFields;
            if (!known.Contains(filter.Field, StringComparer.Ordinal)) throw Unknown(nameof(query.Filters), filter.Field, known);
        }
    }

    private static InvalidSearchQueryException Unknown(string member, string field, IEnumerable<string> known) =>
        new(member, $"There is no field '{field}' to use here. Known are: {string.Join(", ", known)}.");
}
