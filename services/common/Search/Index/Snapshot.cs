namespace Ecosystem.Search;

/// <summary>The whole index at one moment. A search works on one snapshot from beginning to end, whatever is written meanwhile.</summary>
internal sealed class Snapshot(long generation, SegmentView[] segments, TextStatistics[] text)
{
    /// <summary>Counts the changes since the index was made.</summary>
    internal long Generation => generation;

    internal SegmentView[] Segments => segments;

    /// <summary>Live documents in all segments.</summary>
    internal int Count { get; } = segments.Sum(segment => segment.LiveCount);

    internal TextStatistics Text(int field) => text[field];

    internal static Snapshot Of(
        long generation, SegmentView[] segments, SearchSchema schema, Snapshot? previous, IReadOnlyList<(Segment, int)> removed, Segment? added)
    {
        var text = new TextStatistics[schema.TextFields.Count];
        for (int field = 0; field < text.Length; field++)
        {
            TextStatistics statistics = previous?.Text(field) ?? new TextStatistics(0, 0);
            foreach ((Segment segment, int number) in removed) statistics = statistics.Without(segment.Text(field).Lengths[number]);
            if (added is not null) statistics = statistics.With(added.Text(field).Lengths);
            text[field] = statistics;
        }
        return new Snapshot(generation, segments, text);
    }
}

/// <summary>What BM25F needs to know of a field: total words and the number of live documents that have any.</summary>
internal sealed record TextStatistics(long Words, long Documents)
{
    internal double AverageLength => Documents == 0 ? 1 : (double)Words / Documents;

    internal TextStatistics Without(int length) => length == 0 ? this : new TextStatistics(Words - length, Documents - 1);

    internal TextStatistics With(int[] lengths) =>
        new(Words + lengths.Sum(length => (long)length), Documents + lengths.LongCount(length => length > 0));
}
