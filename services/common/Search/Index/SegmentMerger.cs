using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>Makes one segment of several, leaving out what was deleted.</summary>
internal sealed class SegmentMerger
{
    private readonly SearchSchema _schema;
    private readonly IReadOnlyList<SegmentView> _parts;
    private readonly int[][] _numbers;
    private readonly (int Part, int Document)[] _order;

    private SegmentMerger(SearchSchema schema, IReadOnlyList<SegmentView> parts)
    {
        _schema = schema;
        _parts = parts;
        _numbers = [.. parts.Select(part => new int[part.Segment.Count])];
        _order = new (int, int)[parts.Sum(part => part.LiveCount)];
        Number();
    }

    /// <summary>Merges, and tells the number each document of each part got, -1 for a deleted one.</summary>
    internal static (Segment Merged, int[][] Numbers) Merge(SearchSchema schema, IReadOnlyList<SegmentView> parts)
    {
        var merger = new SegmentMerger(schema, parts);
        return (merger.Run(), merger._numbers);
    }

    private Segment Run()
    {
        var lengths = new int[_schema.TextFields.Count][];
        for (int field = 0; field < lengths.Length; field++)
        {
            int column = field;
            lengths[field] = Array.ConvertAll(_order, from => _parts[from.Part].Segment.Lengths(column)[from.Document]);
        }
        var keywords = new KeywordColumn[_schema.KeywordFields.Count];
        for (int field = 0; field < keywords.Length; field++) keywords[field] = MergeKeywords(field);
        var ranges = new (double, double)[_schema.RangeFields.Count][];
        for (int field = 0; field < ranges.Length; field++)
        {
            int column = field;
            ranges[field] = Array.ConvertAll(_order, from => _parts[from.Part].Segment.Range(column)[from.Document]);
        }
        return new Segment(
            MergeIds(), Array.ConvertAll(_order, from => _parts[from.Part].Segment.Versions[from.Document]),
            MergeTerms(), lengths, keywords, ranges, MergeTexts());
    }

    /// <summary>Each part is in the order of its ids; so is the whole.</summary>
    private void Number()
    {
        int[] at = new int[_parts.Count];
        var next = new PriorityQueue<int, int>(Comparer<int>.Create((left, right) =>
            _parts[left].Segment.Ids[at[left]].SequenceCompareTo(_parts[right].Segment.Ids[at[right]])));
        for (int part = 0; part < _parts.Count; part++) Enqueue(part);
        int number = 0;
        while (next.TryDequeue(out int part, out _))
        {
            _order[number] = (part, at[part]);
            _numbers[part][at[part]] = number++;
            at[part]++;
            Enqueue(part);
        }

        void Enqueue(int part)
        {
            SegmentView view = _parts[part];
            for (; at[part] < view.Segment.Count; at[part]++)
            {
                if (view.Deleted.Count == 0 || !view.Deleted.Contains(at[part]))
                {
                    next.Enqueue(part, part);
                    return;
                }
                _numbers[part][at[part]] = -1;
            }
        }
    }

    private DocumentIds MergeIds()
    {
        int[] starts = new int[_order.Length + 1];
        for (int number = 0; number < _order.Length; number++) starts[number + 1] = starts[number] + IdOf(number).Length;
        byte[] bytes = new byte[starts[^1]];
        for (int number = 0; number < _order.Length; number++) IdOf(number).CopyTo(bytes.AsSpan(starts[number]));
        return new DocumentIds(bytes, starts);

        ReadOnlySpan<byte> IdOf(int number) => _parts[_order[number].Part].Segment.Ids[_order[number].Document];
    }

    private StoredTexts MergeTexts()
    {
        long[] starts = new long[_order.Length + 1];
        for (int number = 0; number < _order.Length; number++) starts[number + 1] = starts[number] + RawOf(number).Length;
        byte[] bytes = new byte[starts[^1]];
        for (int number = 0; number < _order.Length; number++) RawOf(number).CopyTo(bytes.AsSpan((int)starts[number]));
        return new StoredTexts(bytes, starts);

        ReadOnlySpan<byte> RawOf(int number) => _parts[_order[number].Part].Segment.Texts.Raw(_order[number].Document);
    }

    private TermIndex MergeTerms()
    {
        var builder = new TermIndexBuilder(
            _parts.Sum(part => part.Segment.Terms.Occurrences.Bytes.Length), _parts.Sum(part => part.Segment.Terms.Positions.Bytes.Length));
        var next = new PriorityQueue<(int Part, int Term), (string Term, int Part)>(TermThenPart);
        var sources = new List<Source>();
        for (int part = 0; part < _parts.Count; part++) Enqueue(part, 0);
        while (next.TryPeek(out _, out (string Term, int Part) first))
        {
            sources.Clear();
            while (next.TryPeek(out (int Part, int Term) at, out (string Term, int Part) key) && key.Term == first.Term)
            {
                next.Dequeue();
                var source = new Source(_parts[at.Part].Segment.Terms.Read(at.Term), _numbers[at.Part]);
                if (source.MoveNext()) sources.Add(source);
                Enqueue(at.Part, at.Term + 1);
            }
            Append(builder, sources);
            builder.End(first.Term);
        }
        return builder.Build();

        void Enqueue(int part, int term)
        {
            string[] all = _parts[part].Segment.Terms.Terms;
            if (term < all.Length) next.Enqueue((part, term), (all[term], part));
        }
    }

    /// <summary>Takes from several lists the document with the smallest new number, until all are at their end.</summary>
    private static void Append(TermIndexBuilder builder, List<Source> sources)
    {
        while (sources.Count > 0)
        {
            Source first = sources[0];
            for (int index = 1; index < sources.Count; index++)
            {
                if (sources[index].Number < first.Number) first = sources[index];
            }
            first.AppendTo(builder);
            if (!first.MoveNext()) sources.Remove(first);
        }
    }

    private KeywordColumn MergeKeywords(int field)
    {
        KeywordColumn[] columns = [.. _parts.Select(part => part.Segment.Keyword(field))];
        string[] values = [.. columns.SelectMany(column => column.Values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int[][] ordinalOf = Array.ConvertAll(columns, column => Array.ConvertAll(column.Values, value => Array.BinarySearch(values, value, StringComparer.Ordinal)));
        int[] starts = new int[_order.Length + 1];
        var ordinals = new List<int>(_order.Length);
        for (int number = 0; number < _order.Length; number++)
        {
            (int part, int document) = _order[number];
            foreach (int ordinal in columns[part].Of(document)) ordinals.Add(ordinalOf[part][ordinal]);
            starts[number + 1] = ordinals.Count;
        }
        return WithoutUnused(values, starts, CollectionsMarshal.AsSpan(ordinals));
    }

    /// <summary>Values that only deleted documents had are gone with them.</summary>
    private static KeywordColumn WithoutUnused(string[] values, int[] starts, ReadOnlySpan<int> ordinals)
    {
        int[] used = new int[values.Length];
        foreach (int ordinal in ordinals) used[ordinal] = 1;
        var kept = new List<string>();
        for (int ordinal = 0; ordinal < values.Length; ordinal++)
        {
            if (used[ordinal] == 0) continue;
            used[ordinal] = kept.Count;
            kept.Add(values[ordinal]);
        }
        int[] renamed = new int[ordinals.Length];
        for (int at = 0; at < renamed.Length; at++) renamed[at] = used[ordinals[at]];
        return new KeywordColumn([.. kept], starts, renamed);
    }

    private static readonly Comparer<(string Term, int Part)> TermThenPart = Comparer<(string Term, int Part)>.Create((left, right) =>
    {
        int byTerm = string.CompareOrdinal(left.Term, right.Term);
        return byTerm != 0 ? byTerm : left.Part.CompareTo(right.Part);
    });

    /// <summary>The list of one term in one part, with the numbers that documents get in the whole.</summary>
    private sealed class Source(PostingReader reader, int[] numbers)
    {
        private PostingReader _reader = reader;

        internal int Number { get; private set; }

        internal bool MoveNext()
        {
            while (_reader.MoveNext())
            {
                Number = numbers[_reader.Document];
                if (Number >= 0) return true;
            }
            return false;
        }

        internal void AppendTo(TermIndexBuilder builder) => builder.Add(Number, _reader.RawEntry, _reader.RawPositions());
    }
}
