using System.Buffers;
using System.Numerics;

namespace Ecosystem.Search;

/// <summary>Finds where a clause occurs. The matches of all fields and readings of a document are added up before ranking, as BM25F asks.</summary>
internal sealed class ClauseMatcher
{
    private readonly Snapshot _snapshot;
    private readonly double[] _boosts;
    private readonly FieldWeights[] _weights;
    private readonly bool _allFields;

    internal ClauseMatcher(SearchSchema schema, Snapshot snapshot, SearchQuery query)
    {
        _snapshot = snapshot;
        _boosts = [.. schema.TextFields.Select(field => query.Boosts.GetValueOrDefault(field.Name, field.Boost))];
        _allFields = Array.TrueForAll(_boosts, boost => boost > 0);
        LengthNorms[] norms = snapshot.Norms(schema);
        _weights = Array.ConvertAll(snapshot.Segments, view => new FieldWeights(_boosts, norms, view.Segment));
    }

    internal int Fields => _boosts.Length;

    internal double BoostOf(int field) => _boosts[field];

    internal FieldWeights WeightsIn(int segment) => _weights[segment];

    /// <summary>The matches of each segment.</summary>
    internal ClauseMatches[] Match(QueryClause clause)
    {
        var matches = new ClauseMatches[_snapshot.Segments.Length];
        for (int index = 0; index < matches.Length; index++) matches[index] = MatchIn(index, clause);
        return matches;
    }

    /// <summary>Whether a term occurs in any live document of the fields that are searched.</summary>
    internal bool Occurs(string term)
    {
        for (int index = 0; index < _snapshot.Segments.Length; index++)
        {
            if (OccursIn(index, term)) return true;
        }
        return false;
    }

    /// <summary>Whether a term occurs in any live document of one segment.</summary>
    internal bool OccursIn(int segment, string term)
    {
        SegmentView view = _snapshot.Segments[segment];
        int number = view.Segment.Terms.Find(term);
        if (number < 0) return false;
        if (view.Deleted.Count == 0 && _allFields) return true;
        PostingReader reader = view.Segment.Terms.Read(number);
        while (reader.MoveNext())
        {
            if (!view.Deleted.Contains(reader.Document) && (_allFields || reader.Weigh(_weights[segment]) > 0)) return true;
        }
        return false;
    }

    private ClauseMatches MatchIn(int segment, QueryClause clause)
    {
        SegmentView view = _snapshot.Segments[segment];
        List<(Reading Reading, int[] Terms)> found = Found(view.Segment.Terms, clause);
        if (found.Count == 0) return new ClauseMatches(0);
        if (found is [({ IsPhrase: false } reading, [var term])]) return MatchWord(view, _weights[segment], reading, view.Segment.Terms.Read(term));

        using DocumentSet touched = DocumentSet.Rent(view.Segment.Count);
        using DocumentSet exact = DocumentSet.Rent(view.Segment.Count);
        double[] sums = ArrayPool<double>.Shared.Rent(view.Segment.Count);
        foreach ((Reading each, int[] terms) in found)
        {
            var sink = new Sum(view.Deleted, touched, each.IsExact ? exact : null, sums, each.Weight);
            if (each.IsPhrase) Adjacent.Find(view.Segment.Terms, each, terms, Fields, _weights[segment], sink.Add);
            else sink.AddAll(view.Segment.Terms.Read(terms[0]), _weights[segment]);
        }
        var matches = new ClauseMatches(touched.Population) { Exact = exact.Population };
        for (int index = 0; index < touched.Words.Length; index++)
        {
            for (ulong rest = touched.Words[index]; rest != 0; rest &= rest - 1)
            {
                int document = (index << 6) + BitOperations.TrailingZeroCount(rest);
                matches.Add(document, sums[document]);
            }
        }
        ArrayPool<double>.Shared.Return(sums);
        return matches;
    }

    /// <summary>The readings whose terms all occur in a segment, with the terms' numbers.</summary>
    private static List<(Reading Reading, int[] Terms)> Found(TermIndex terms, QueryClause clause)
    {
        var found = new List<(Reading, int[])>();
        foreach (Reading reading in clause.Readings)
        {
            int[] numbers = [.. reading.Terms.Select(terms.Find)];
            if (Array.TrueForAll(numbers, number => number >= 0)) found.Add((reading, numbers));
        }
        return found;
    }

    /// <summary>One word read in one way, which is most of them: its list is the answer.</summary>
    private ClauseMatches MatchWord(SegmentView view, FieldWeights weights, Reading reading, PostingReader reader)
    {
        var matches = new ClauseMatches(reader.Count);
        bool deletions = view.Deleted.Count > 0;
        while (reader.MoveNext())
        {
            if (deletions && view.Deleted.Contains(reader.Document)) continue;
            double frequency = reading.Weight * reader.Weigh(weights);
            if (_allFields || frequency > 0) matches.Add(reader.Document, frequency);
        }
        matches.Exact = reading.IsExact ? matches.Count : 0;
        return matches;
    }

    /// <summary>Adds up the frequencies of several readings.</summary>
    private sealed class Sum(DeletedDocuments deleted, DocumentSet touched, DocumentSet? exact, double[] sums, double weight)
    {
        internal void AddAll(PostingReader reader, FieldWeights weights)
        {
            while (reader.MoveNext()) Add(reader.Document, reader.Weigh(weights));
        }

        internal void Add(int document, double frequency)
        {
            if (frequency <= 0 || (deleted.Count > 0 && deleted.Contains(document))) return;
            exact?.Add(document);
            if (touched.TryAdd(document)) sums[document] = weight * frequency;
            else sums[document] += weight * frequency;
        }
    }
}
