using System.Numerics;

namespace Ecosystem.Search;

/// <summary>
/// Decides which segments become one. Segments of about one size are merged eight at a time, so a document is rewritten once per power
/// of eight; a segment that is mostly deletions is rewritten alone.
/// </summary>
internal static class MergePolicy
{
    /// <summary>So many documents are merged while the writer waits: some milliseconds.</summary>
    internal const int AtOnce = 512;

    /// <summary>More segments than eight of every size.</summary>
    private const int TooMany = 96;

    /// <summary>So many that searches would become slow.</summary>
    private const int FarTooMany = 4 * TooMany;

    private const int SegmentsPerTier = 8;

    /// <summary>
    /// So many bytes of text or lists make a segment that is merged no more: parts and whole are in memory together while they are merged, and a
    /// search costs the same in a few large segments as in one.
    /// </summary>
    private const long Largest = 1L << 28;

    /// <summary>
    /// Whether who has just written so many documents waits for a merge. Those who fill an index do. A few changes do not: behind a merge of large
    /// segments they would wait for seconds, and theirs are merged at once, so that they hardly add to the segments.
    /// </summary>
    internal static bool MustWait(int segments, int added) => segments > (added > AtOnce ? TooMany : FarTooMany);

    internal static List<SegmentView> Next(IReadOnlyList<SegmentView> segments)
    {
        SegmentView? mostlyDeleted = segments.FirstOrDefault(view => view.Deleted.Count > view.Segment.Count / 2);
        if (mostlyDeleted is not null) return [mostlyDeleted];
        foreach (IGrouping<int, SegmentView> tier in segments.Where(view => BytesOf(view) <= Largest / 2).GroupBy(Tier).OrderBy(tier => tier.Key))
        {
            if (tier.Count() >= SegmentsPerTier && WithinBounds(tier) is { Count: > 1 } due) return due;
        }
        return [];
    }

    private static int Tier(SegmentView view) => BitOperations.Log2((uint)view.LiveCount) / 3;

    private static long BytesOf(SegmentView view) =>
        Math.Max(view.Segment.Texts.Bytes.LongLength, view.Segment.Terms.Occurrences.Bytes.LongLength + view.Segment.Terms.Positions.Bytes.LongLength);

    private static List<SegmentView> WithinBounds(IEnumerable<SegmentView> tier)
    {
        long bytes = 0;
        return [.. tier.TakeWhile(view => (bytes += BytesOf(view)) <= Largest)];
    }
}
