using System.Buffers;
using System.Numerics;

namespace Ecosystem.Search;

/// <summary>What the words and filters of a query say about the documents of one segment.</summary>
internal sealed class SegmentMatches : IDisposable
{
    private readonly double[] _scores;
    private readonly Dictionary<string, DocumentSet> _byField = new(StringComparer.Ordinal);

    internal SegmentMatches(SegmentView view, bool scoring)
    {
        View = view;
        Text = DocumentSet.Rent(view.Segment.Count);
        Accepted = DocumentSet.Rent(view.Segment.Count);
        _scores = scoring ? ArrayPool<double>.Shared.Rent(view.Segment.Count) : [];
        if (scoring) return;
        Text.AddAll(view.Segment.Count);
        foreach (int gone in view.Deleted.All()) Text.Remove(gone);
    }

    internal SegmentView View { get; }

    /// <summary>The live documents that the words accept.</summary>
    internal DocumentSet Text { get; }

    /// <summary>Those that the filters accept too.</summary>
    internal DocumentSet Accepted { get; }

    internal double ScoreOf(int document) => _scores.Length == 0 ? 0 : _scores[document];

    internal void Add(ClauseMatches matches, double weight, double saturation)
    {
        ReadOnlySpan<int> documents = matches.Documents;
        ReadOnlySpan<double> frequencies = matches.Frequencies;
        for (int index = 0; index < documents.Length; index++)
        {
            double score = weight * frequencies[index] / (saturation + frequencies[index]);
            if (Text.TryAdd(documents[index])) _scores[documents[index]] = score;
            else _scores[documents[index]] += score;
        }
    }

    internal void Require(ClauseMatches matches)
    {
        using DocumentSet required = DocumentSet.Rent(View.Segment.Count);
        foreach (int document in matches.Documents) required.Add(document);
        Text.IntersectWith(required);
    }

    internal void Exclude(ClauseMatches matches)
    {
        foreach (int document in matches.Documents) Text.Remove(document);
    }

    /// <summary>Applies the filters. What fails only those of one field is remembered for the facet of that field.</summary>
    internal void Filter(SearchSchema schema, SearchQuery query)
    {
        Accepted.CopyFrom(Text);
        foreach (SearchFilter filter in query.Filters) Accepted.IntersectWith(View.Segment.Accepted(schema, filter));
        foreach (string field in query.Facets.Intersect(query.Filters.Select(filter => filter.Field), StringComparer.Ordinal))
        {
            DocumentSet others = DocumentSet.Rent(View.Segment.Count);
            others.CopyFrom(Text);
            foreach (SearchFilter filter in query.Filters)
            {
                if (filter.Field != field) others.IntersectWith(View.Segment.Accepted(schema, filter));
            }
            _byField.Add(field, others);
        }
    }

    /// <summary>The documents that count for a facet: those that all filters but the facet's own accept.</summary>
    internal DocumentSet CountedFor(string facet) => _byField.GetValueOrDefault(facet, Accepted);

    /// <summary>Offers the accepted documents to a ranking. Without scores they come in the order of their ids, so the first suffice.</summary>
    internal void RankInto(Ranking ranking, int segment)
    {
        int from = ranking.FirstOf(View.Segment, unscored: _scores.Length == 0);
        ReadOnlySpan<ulong> words = Accepted.Words;
        for (int index = from >> 6; index < words.Length; index++)
        {
            ulong rest = index == from >> 6 ? words[index] & (ulong.MaxValue << (from & 63)) : words[index];
            for (; rest != 0; rest &= rest - 1)
            {
                int document = (index << 6) + BitOperations.TrailingZeroCount(rest);
                if (!ranking.Offer(ScoreOf(document), segment, document) && _scores.Length == 0) return;
            }
        }
    }

    public void Dispose()
    {
        Text.Dispose();
        Accepted.Dispose();
        foreach (DocumentSet set in _byField.Values) set.Dispose();
        if (_scores.Length > 0) ArrayPool<double>.Shared.Return(_scores);
    }
}
