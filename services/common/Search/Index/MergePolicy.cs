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
    internal const int TooMany = 96;

    private const int SegmentsPerTier = 8;

    /// <summary>The lists of a segment are addressed by 31 bits; what is half of that is not merged any more.</summary>
    private const long LargestPart = 1L << 30;

    internal static List<SegmentView> Next(IReadOnlyList<SegmentView> segments)
    {
        SegmentView? mostlyDeleted = segments.FirstOrDefault(view => view.Deleted.Count > view.Segment.Count / 2);
        if (mostlyDeleted is not null) return [mostlyDeleted];
        IGrouping<int, SegmentView>? full = segments.GroupBy(Tier).Where(tier => tier.Count() >= SegmentsPerTier).MinBy(tier => tier.Key);
        return full is null ? [] : WithinBounds(full);
    }

    private static int Tier(SegmentView view) => BitOperations.Log2((uint)view.LiveCount) / 3;

    private static List<SegmentView> WithinBounds(IEnumerable<SegmentView> full)
    {
        var due = new List<SegmentView>();
        long bytes = 0;
        foreach (SegmentView view in full)
        {
            bytes += Math.Max(view.Segment.Texts.Bytes.Length, view.Segment.Terms.Occurrences.Bytes.Length + view.Segment.Terms.Positions.Bytes.Length);
            if (bytes > LargestPart) break;
            due.Add(view);
        }
        return due.Count > 1 ? due : [];
    }
}
