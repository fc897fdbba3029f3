namespace Ecosystem.Search;

/// <summary>Makes one segment of several, leaving out what was deleted. The order of documents is kept.</summary>
internal static class SegmentMerger
{
    internal static Segment Merge(SearchSchema schema, IReadOnlyList<SegmentView> parts)
    {
        int[][] numbers = [.. NewNumbers(parts)];
        SearchDocument[] documents = [.. parts.SelectMany(part => Live(part).Select(part.Segment.Document))];
        var text = new TextColumn[schema.TextFields.Count];
        for (int field = 0; field < text.Length; field++) text[field] = MergeText(parts, numbers, documents.Length, field);
        var keywords = new KeywordColumn[schema.KeywordFields.Count];
        for (int field = 0; field < keywords.Length; field++) keywords[field] = MergeKeywords(parts, field);
        var ranges = new (double, double)[schema.RangeFields.Count][];
        for (int field = 0; field < ranges.Length; field++)
        {
            int column = field;
            ranges[field] = [.. parts.SelectMany(part => Live(part).Select(number => part.Segment.Range(column)[number]))];
        }
        return new Segment(documents, text, keywords, ranges);
    }

    /// <summary>The number each document gets in the merged segment, -1 for a deleted one.</summary>
    private static IEnumerable<int[]> NewNumbers(IReadOnlyList<SegmentView> parts)
    {
        int next = 0;
        foreach (SegmentView part in parts)
        {
            int[] numbers = new int[part.Segment.Count];
            for (int number = 0; number < numbers.Length; number++) numbers[number] = part.Deleted.Contains(number) ? -1 : next++;
            yield return numbers;
        }
    }

    private static IEnumerable<int> Live(SegmentView part) =>
        Enumerable.Range(0, part.Segment.Count).Where(number => !part.Deleted.Contains(number));

    private static TextColumn MergeText(IReadOnlyList<SegmentView> parts, int[][] numbers, int documents, int field)
    {
        var terms = new List<string>();
        var postings = new List<PostingList>();
        var next = new PriorityQueue<(int Part, int Term), (string Term, int Part)>(TermThenPart);
        for (int part = 0; part < parts.Count; part++) Enqueue(part, 0);
        while (next.TryPeek(out _, out (string Term, int Part) first))
        {
            var merged = new PostingListBuilder();
            while (next.TryPeek(out (int Part, int Term) at, out (string Term, int Part) key) && key.Term == first.Term)
            {
                next.Dequeue();
                Append(merged, parts[at.Part].Segment.Text(field).Postings[at.Term], numbers[at.Part]);
                Enqueue(at.Part, at.Term + 1);
            }
            if (merged.IsEmpty) continue;
            terms.Add(first.Term);
            postings.Add(merged.Build());
        }
        int[] lengths = new int[documents];
        for (int part = 0; part < parts.Count; part++) CopyLengths(parts[part].Segment.Text(field).Lengths, numbers[part], lengths);
        return new TextColumn([.. terms], [.. postings], lengths);

        void Enqueue(int part, int term)
        {
            string[] all = parts[part].Segment.Text(field).Terms;
            if (term < all.Length) next.Enqueue((part, term), (all[term], part));
        }
    }

    private static void Append(PostingListBuilder merged, PostingList postings, int[] numbers)
    {
        PostingList.Reader reader = postings.Read();
        while (reader.MoveNext())
        {
            int number = numbers[reader.Document];
            if (number >= 0) merged.Add(number, reader.Positions());
        }
    }

    private static void CopyLengths(int[] from, int[] numbers, int[] to)
    {
        for (int number = 0; number < from.Length; number++)
        {
            if (numbers[number] >= 0) to[numbers[number]] = from[number];
        }
    }

    private static KeywordColumn MergeKeywords(IReadOnlyList<SegmentView> parts, int field)
    {
        var values = new List<IReadOnlyCollection<string>>();
        foreach (SegmentView part in parts)
        {
            KeywordColumn column = part.Segment.Keyword(field);
            foreach (int number in Live(part)) values.Add(Array.ConvertAll(column.Of(number).ToArray(), ordinal => column.Values[ordinal]));
        }
        return KeywordColumn.Build(values);
    }

    private static readonly Comparer<(string Term, int Part)> TermThenPart = Comparer<(string Term, int Part)>.Create((left, right) =>
    {
        int byTerm = string.CompareOrdinal(left.Term, right.Term);
        return byTerm != 0 ? byTerm : left.Part.CompareTo(right.Part);
    });
}
