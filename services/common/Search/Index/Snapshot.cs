namespace Ecosystem.Search;

/// <summary>The whole index at one moment. A search works on one snapshot from beginning to end, whatever is written meanwhile.</summary>
internal sealed class Snapshot(long generation, SegmentView[] segments, TextStatistics[] text)
{
    private LengthNorms[]? _norms;

    /// <summary>Counts the changes since the index was made.</summary>
    internal long Generation => generation;

    internal SegmentView[] Segments => segments;

    /// <summary>Live documents in all segments.</summary>
    internal int Count { get; } = segments.Sum(segment => segment.LiveCount);

    internal TextStatistics Text(int field) => text[field];

    /// <summary>What the length of a document takes from the weight of its words, by field; made when first asked for.</summary>
    internal LengthNorms[] Norms(SearchSchema schema) =>
        _norms ??= [.. schema.TextFields.Select((field, number) => new LengthNorms(field.LengthNormalization, text[number].AverageLength))];

    /// <summary>The same documents in other segments.</summary>
    internal Snapshot Rearranged(SegmentView[] others) => new(generation + 1, others, text);

    /// <summary>The first snapshot of segments that were saved.</summary>
    internal static Snapshot Of(SegmentView[] segments, SearchSchema schema)
    {
        var text = new TextStatistics[schema.TextFields.Count];
        for (int field = 0; field < text.Length; field++)
        {
            TextStatistics statistics = new(0, 0);
            foreach (SegmentView view in segments)
            {
                int[] lengths = view.Segment.Lengths(field);
                statistics = statistics.With(lengths);
                foreach (int gone in view.Deleted.All()) statistics = statistics.Without(lengths[gone]);
            }
            text[field] = statistics;
        }
        return new Snapshot(1, segments, text);
    }

    internal static Snapshot Of(
        long generation, SegmentView[] segments, SearchSchema schema, Snapshot? previous, IReadOnlyList<(Segment, int)> removed, Segment? added)
    {
        var text = new TextStatistics[schema.TextFields.Count];
        for (int field = 0; field < text.Length; field++)
        {
            TextStatistics statistics = previous?.Text(field) ?? new TextStatistics(0, 0);
            if (added is not null) statistics = statistics.With(added.Lengths(field));
            foreach ((Segment segment, int number) in removed) statistics = statistics.Without(segment.Lengths(field)[number]);
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

/// <summary>BM25's length normalisation of one field, with the usual lengths computed beforehand: a division for every posting would cost more than the rest.</summary>
internal sealed class LengthNorms
{
    private const int Usual = 1024;

    private readonly double _normalization;
    private readonly double _average;
    private readonly double[] _usual = new double[Usual];

    internal LengthNorms(double normalization, double average)
    {
        _normalization = normalization;
        _average = average;
        for (int length = 0; length < Usual; length++) _usual[length] = Compute(length);
    }

    internal double Of(int length) => length < Usual ? _usual[length] : Compute(length);

    private double Compute(int length) => 1 / (1 - _normalization + (_normalization * length / _average));
}
