namespace Ecosystem.Search;

/// <summary>Walks the live documents of a segment in which a reading occurs in one field.</summary>
internal static class Occurrences
{
    internal static void Of(SegmentView view, int field, Reading reading, Action<int, int> found)
    {
        TextColumn column = view.Segment.Text(field);
        if (reading.Places > 0) OfNeighbours(view, column, reading, found);
        else if (reading.IsPhrase) OfPhrase(view, column, reading, found);
        else if (column.Find(reading.Terms[0]) is { } postings) OfTerm(view, postings, found);
    }

    private static void OfTerm(SegmentView view, PostingList postings, Action<int, int> found)
    {
        PostingList.Reader reader = postings.Read();
        bool deletions = view.Deleted.Count > 0;
        while (reader.MoveNext())
        {
            if (!deletions || !view.Deleted.Contains(reader.Document)) found(reader.Document, reader.Frequency);
        }
    }

    private static void OfNeighbours(SegmentView view, TextColumn column, Reading reading, Action<int, int> found)
    {
        if (column.Find(reading.Terms[0]) is not { } first || column.Find(reading.Terms[1]) is not { } second) return;
        PostingList.Reader left = first.Read();
        PostingList.Reader right = second.Read();
        bool more = left.MoveNext() && right.MoveNext();
        while (more)
        {
            if (left.Document != right.Document)
            {
                more = left.Document < right.Document ? left.MoveNext() : right.MoveNext();
                continue;
            }
            int[] others = right.Positions();
            int close = left.Positions().Count(position => Array.Exists(others, other => other != position && Math.Abs(other - position) <= reading.Places));
            if (close > 0 && !view.Deleted.Contains(left.Document)) found(left.Document, close);
            more = left.MoveNext() && right.MoveNext();
        }
    }

    private static void OfPhrase(SegmentView view, TextColumn column, Reading reading, Action<int, int> found)
    {
        // Starts of the phrase that are still possible, by document; each further term thins them out.
        Dictionary<int, HashSet<int>>? starts = null;
        for (int index = 0; index < reading.Terms.Count; index++)
        {
            if (column.Find(reading.Terms[index]) is not { } postings) return;
            starts = Continue(postings, reading.Offsets[index], starts);
            if (starts.Count == 0) return;
        }
        foreach ((int document, HashSet<int> positions) in starts!.OrderBy(entry => entry.Key))
        {
            if (!view.Deleted.Contains(document)) found(document, positions.Count);
        }
    }

    private static Dictionary<int, HashSet<int>> Continue(PostingList postings, int offset, Dictionary<int, HashSet<int>>? starts)
    {
        var remaining = new Dictionary<int, HashSet<int>>();
        PostingList.Reader reader = postings.Read();
        while (reader.MoveNext())
        {
            HashSet<int>? possible = null;
            if (starts is not null && !starts.TryGetValue(reader.Document, out possible)) continue;
            var still = reader.Positions().Select(position => position - offset).Where(start => possible?.Contains(start) ?? start >= 0).ToHashSet();
            if (still.Count > 0) remaining.Add(reader.Document, still);
        }
        return remaining;
    }
}
