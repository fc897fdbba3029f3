namespace Ecosystem.Search;

/// <summary>A filter prepared for one segment: keyword values are looked up once, not once per document.</summary>
internal sealed class SegmentFilter
{
    private readonly KeywordColumn? _keywords;
    private readonly bool[] _wanted = [];
    private readonly bool _accepts = true;
    private readonly (double From, double To)[]? _ranges;
    private readonly SearchFilter.Interval? _interval;

    internal SegmentFilter(SearchSchema schema, Segment segment, SearchFilter filter)
    {
        Field = filter.Field;
        if (filter is SearchFilter.Interval interval)
        {
            _interval = interval;
            _ranges = segment.Range(schema.RangeOrdinal(filter.Field));
            return;
        }
        _keywords = segment.Keyword(schema.KeywordOrdinal(filter.Field));
        if (filter is SearchFilter.Values values)
        {
            var set = values.Of.ToHashSet(StringComparer.Ordinal);
            _wanted = Array.ConvertAll(_keywords.Values, set.Contains);
            _accepts = values.Accepts;
        }
        else if (filter is SearchFilter.Prefixes prefixes)
        {
            _wanted = Array.ConvertAll(_keywords.Values, value => prefixes.Of.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal)));
        }
    }

    internal string Field { get; }

    internal bool Accepts(int document)
    {
        if (_interval is not null)
        {
            // No interval is (NaN, NaN), which compares false with everything.
            (double from, double to) = _ranges![document];
            return from <= _interval.To && to >= _interval.From;
        }
        foreach (int ordinal in _keywords!.Of(document))
        {
            if (_wanted[ordinal]) return _accepts;
        }
        return !_accepts;
    }
}
