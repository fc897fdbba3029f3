namespace Ecosystem.Search;

/// <summary>Finds the documents of a segment that a filter accepts. The values of a keyword field are looked up once, not once per document.</summary>
internal static class FilterScan
{
    internal static DocumentSet Run(SearchSchema schema, Segment segment, SearchFilter filter)
    {
        DocumentSet accepted = DocumentSet.Lasting(segment.Count);
        switch (filter)
        {
            case SearchFilter.Interval interval: Scan(segment.Range(schema.RangeOrdinal(filter.Field)), interval, accepted); break;
            case SearchFilter.Values values:
                var set = values.Of.ToHashSet(StringComparer.Ordinal);
                Scan(segment, segment.Keyword(schema.KeywordOrdinal(filter.Field)), set.Contains, values.Accepts, accepted);
                break;
            case SearchFilter.Prefixes prefixes:
                Scan(
                    segment, segment.Keyword(schema.KeywordOrdinal(filter.Field)),
                    value => prefixes.Of.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal)), accepts: true, accepted);
                break;
        }
        return accepted;
    }

    private static void Scan(Segment segment, KeywordColumn column, Predicate<string> isWanted, bool accepts, DocumentSet accepted)
    {
        bool[] wanted = Array.ConvertAll(column.Values, value => isWanted(value));
        for (int document = 0; document < segment.Count; document++)
        {
            bool has = false;
            foreach (int ordinal in column.Of(document)) has |= wanted[ordinal];
            if (has == accepts) accepted.Add(document);
        }
    }

    private static void Scan((double From, double To)[] ranges, SearchFilter.Interval wanted, DocumentSet accepted)
    {
        for (int document = 0; document < ranges.Length; document++)
        {
            // No interval is (NaN, NaN), which compares false with everything.
            (double from, double to) = ranges[document];
            if (from <= wanted.To && to >= wanted.From) accepted.Add(document);
        }
    }
}
