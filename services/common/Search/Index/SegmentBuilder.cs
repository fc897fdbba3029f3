using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>Analyses documents and makes a segment of them.</summary>
internal sealed class SegmentBuilder(SearchSchema schema)
{
    /// <summary>Positions left free between two values of one field, so that no phrase spans them.</summary>
    internal const int GapBetweenValues = 100;

    internal Segment Build(IEnumerable<SearchDocument> documents)
    {
        (byte[] Id, SearchDocument Document)[] ordered = [.. documents.Select(document => (DocumentIds.Utf8(document.Id), document))];
        Array.Sort(ordered, static (left, right) => left.Item1.AsSpan().SequenceCompareTo(right.Item1));
        var texts = new TextCollector(schema, ordered.Length);
        var keywords = new List<string>[schema.KeywordFields.Count][];
        for (int field = 0; field < keywords.Length; field++) keywords[field] = [.. ordered.Select(_ => new List<string>())];
        var ranges = new (double, double)[schema.RangeFields.Count][];
        for (int field = 0; field < ranges.Length; field++) ranges[field] = [.. Enumerable.Repeat((double.NaN, double.NaN), ordered.Length)];

        for (int number = 0; number < ordered.Length; number++)
        {
            texts.Add(number, ordered[number].Document);
            foreach (SearchField field in ordered[number].Document.Fields)
            {
                switch (field)
                {
                    case SearchField.KeywordValue value: keywords[schema.KeywordOrdinal(value.Name)][number].Add(value.Value); break;
                    case SearchField.RangeValue value: ranges[schema.RangeOrdinal(value.Name)][number] = (value.From, value.To); break;
                }
            }
        }
        return new Segment(
            DocumentIds.Of([.. ordered.Select(entry => entry.Id)]), [.. ordered.Select(entry => entry.Document.Version)],
            texts.Terms(), texts.Lengths, [.. keywords.Select(KeywordColumn.Build)], ranges, texts.Stored());
    }

    /// <summary>Collects the words of the documents one after the other and sorts them by term at the end.</summary>
    private sealed class TextCollector(SearchSchema schema, int documents)
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<WordPlace> _places = [];
        private readonly ByteBuffer _stored = new();
        private readonly long[] _starts = new long[documents + 1];

        internal int[][] Lengths { get; } = [.. schema.TextFields.Select(_ => new int[documents])];

        internal void Add(int number, SearchDocument document)
        {
            for (int field = 0; field < Lengths.Length; field++)
            {
                int next = 0;
                foreach (SearchField any in document.Fields)
                {
                    if (any is SearchField.TextValue value && value.Name == schema.TextFields[field].Name) next = Add(number, field, value, next);
                }
            }
            _starts[number + 1] = _stored.Length;
        }

        internal StoredTexts Stored() => new(_stored.ToArray(), _starts);

        internal TermIndex Terms()
        {
            string[] terms = [.. _numbers.Keys];
            Array.Sort(terms, StringComparer.Ordinal);
            WordPlace[] places = ByTerm(terms, out int[] starts);
            var builder = new TermIndexBuilder();
            for (int term = 0; term < terms.Length; term++)
            {
                Span<WordPlace> all = places.AsSpan(starts[term], starts[term + 1] - starts[term]);
                for (int begin = 0, end; begin < all.Length; begin = end)
                {
                    end = begin + 1;
                    while (end < all.Length && all[end].Document == all[begin].Document) end++;
                    builder.Add(all[begin].Document, all[begin..end]);
                }
                builder.End(terms[term]);
            }
            return builder.Build();
        }

        private int Add(int number, int field, SearchField.TextValue value, int next)
        {
            int last = next - 1;
            foreach (TextToken token in TextAnalyzer.For(value.Language).Analyze(value.Value))
            {
                ref int term = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, token.Term, out bool known);
                if (!known) term = _numbers.Count - 1;
                last = next + token.Position;
                _places.Add(new WordPlace(term, number, field, last));
                Lengths[field][number]++;
            }
            if (value.Value.Length > 0) StoredTexts.Write(_stored, field, value.Language, value.Value);
            return last + 1 + GapBetweenValues;
        }

        /// <summary>A counting sort: the places of a term stay in the order in which they were found, which is by document, field and position.</summary>
        private WordPlace[] ByTerm(string[] terms, out int[] starts)
        {
            int[] rank = new int[terms.Length];
            for (int term = 0; term < terms.Length; term++) rank[_numbers[terms[term]]] = term;
            starts = new int[terms.Length + 1];
            foreach (WordPlace place in _places) starts[rank[place.Term] + 1]++;
            for (int term = 0; term < terms.Length; term++) starts[term + 1] += starts[term];
            int[] next = starts[..^1];
            var sorted = new WordPlace[_places.Count];
            foreach (WordPlace place in _places) sorted[next[rank[place.Term]]++] = place;
            return sorted;
        }
    }
}
