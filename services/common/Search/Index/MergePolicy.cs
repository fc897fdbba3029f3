using System.Numerics;

namespace Ecosystem.Search;

/// <summary>
/// Decides which segments become one. Segments of about one size are merged eight at a time, so a document is rewritten once per power
/// of eight; a segment that is mostly deletions is rewritten alone.
/// </summary>
internal static class MergePolicy
{
    private const int SegmentsPerTier = 8;

    internal static List<SegmentView> Next(IReadOnlyList<SegmentView> segments)
    {
        SegmentView? mostlyDeleted = segments.FirstOrDefault(view => view.Deleted.Count > view.Segment.Count / 2);
        if (mostlyDeleted is not null) return [mostlyDeleted];
        IGrouping<int, SegmentView>? full = segments.GroupBy(Tier).Where(tier => tier.Count() >= SegmentsPerTier).MinBy(tier => tier.Key);
        return full is null ? [] : [.. full];
    }

    private static int Tier(SegmentView view) => BitOperations.Log2((uint)view.LiveCount) / 3;
}
