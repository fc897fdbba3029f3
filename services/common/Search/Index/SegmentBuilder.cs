namespace Ecosystem.Search;

/// <summary>Analyses documents and makes a segment of them.</summary>
internal sealed class SegmentBuilder(SearchSchema schema)
{
    /// <summary>Positions left free between two values of one field, so that no phrase spans them.</summary>
    internal const int GapBetweenValues = 100;

    internal Segment Build(SearchDocument[] documents)
    {
        var text = new TextColumnBuilder[schema.TextFields.Count];
        for (int field = 0; field < text.Length; field++) text[field] = new TextColumnBuilder(documents.Length);
        var keywords = new List<string>[schema.KeywordFields.Count][];
        for (int field = 0; field < keywords.Length; field++) keywords[field] = [.. documents.Select(_ => new List<string>())];
        var ranges = new (double, double)[schema.RangeFields.Count][];
        for (int field = 0; field < ranges.Length; field++) ranges[field] = [.. Enumerable.Repeat((double.NaN, double.NaN), documents.Length)];

        for (int number = 0; number < documents.Length; number++)
        {
            foreach (SearchField field in documents[number].Fields)
            {
                switch (field)
                {
                    case SearchField.TextValue value: text[schema.TextOrdinal(value.Name)].Add(number, value); break;
                    case SearchField.KeywordValue value: keywords[schema.KeywordOrdinal(value.Name)][number].Add(value.Value); break;
                    case SearchField.RangeValue value: ranges[schema.RangeOrdinal(value.Name)][number] = (value.From, value.To); break;
                }
            }
            foreach (TextColumnBuilder column in text) column.EndDocument(number);
        }
        return new Segment(documents, [.. text.Select(column => column.Build())], [.. keywords.Select(KeywordColumn.Build)], ranges);
    }

    private sealed class TextColumnBuilder(int documents)
    {
        private readonly Dictionary<string, PostingListBuilder> _terms = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<int>> _current = new(StringComparer.Ordinal);
        private readonly int[] _lengths = new int[documents];
        private int _nextPosition;

        internal void Add(int document, SearchField.TextValue value)
        {
            int last = _nextPosition - 1;
            foreach (TextToken token in TextAnalyzer.For(value.Language).Analyze(value.Value))
            {
                if (!_current.TryGetValue(token.Term, out List<int>? positions)) _current.Add(token.Term, positions = []);
                last = _nextPosition + token.Position;
                positions.Add(last);
                _lengths[document]++;
            }
            _nextPosition = last + 1 + GapBetweenValues;
        }

        internal void EndDocument(int document)
        {
            foreach ((string term, List<int> positions) in _current)
            {
                if (!_terms.TryGetValue(term, out PostingListBuilder? postings)) _terms.Add(term, postings = new PostingListBuilder());
                postings.Add(document, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(positions));
            }
            _current.Clear();
            _nextPosition = 0;
        }

        internal TextColumn Build()
        {
            string[] terms = [.. _terms.Keys];
            Array.Sort(terms, StringComparer.Ordinal);
            return new TextColumn(terms, Array.ConvertAll(terms, term => _terms[term].Build()), _lengths);
        }
    }
}
