using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// A document of one segment, the weighted, length-normalised frequency of a clause in it (BM25F's pseudo-frequency), and whether what was
/// written occurs itself.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClauseMatch(int Document, double Frequency, bool IsExact);

/// <summary>Finds where a clause occurs. The matches of all fields and readings of a document are added up before ranking, as BM25F asks.</summary>
internal sealed class ClauseMatcher
{
    private readonly SearchSchema _schema;
    private readonly Snapshot _snapshot;
    private readonly double[] _boosts;
    private readonly double[] _frequencies;
    private readonly bool[] _exact;
    private readonly List<int> _touched = [];

    internal ClauseMatcher(SearchSchema schema, Snapshot snapshot, SearchQuery query)
    {
        _schema = schema;
        _snapshot = snapshot;
        _boosts = [.. schema.TextFields.Select(field => query.Boosts.GetValueOrDefault(field.Name, field.Boost))];
        int largest = snapshot.Segments.Select(view => view.Segment.Count).DefaultIfEmpty().Max();
        _frequencies = new double[largest];
        _exact = new bool[largest];
    }

    internal double BoostOf(int field) => _boosts[field];

    /// <summary>The matches of each segment in ascending order of documents; deleted documents are left out.</summary>
    internal ClauseMatch[][] Match(QueryClause clause)
    {
        var matches = new ClauseMatch[_snapshot.Segments.Length][];
        for (int index = 0; index < matches.Length; index++) matches[index] = MatchIn(_snapshot.Segments[index], clause);
        return matches;
    }

    /// <summary>Whether a term occurs in any live document of the fields that are searched.</summary>
    internal bool Occurs(string term)
    {
        foreach (SegmentView view in _snapshot.Segments)
        {
            for (int field = 0; field < _boosts.Length; field++)
            {
                if (_boosts[field] <= 0 || view.Segment.Text(field).Find(term) is not { } postings) continue;
                if (view.Deleted.Count == 0 || AnyLive(postings, view.Deleted)) return true;
            }
        }
        return false;
    }

    /// <summary>The part of a document's pseudo-frequency that one field contributes.</summary>
    internal double Weigh(SegmentView view, int field, int document, int frequency, double weight)
    {
        TextFieldOptions options = _schema.TextFields[field];
        double length = view.Segment.Text(field).Lengths[document] / _snapshot.Text(field).AverageLength;
        return weight * _boosts[field] * frequency / (1 - options.LengthNormalization + (options.LengthNormalization * length));
    }

    private ClauseMatch[] MatchIn(SegmentView view, QueryClause clause)
    {
        for (int field = 0; field < _boosts.Length; field++)
        {
            if (_boosts[field] <= 0) continue;
            foreach (Reading reading in clause.Readings) Occurrences.Of(view, field, reading, (document, frequency) =>
            {
                if (_frequencies[document] == 0) _touched.Add(document);
                _frequencies[document] += Weigh(view, field, document, frequency, reading.Weight);
                _exact[document] |= reading.IsExact;
            });
        }
        _touched.Sort();
        var matches = new ClauseMatch[_touched.Count];
        for (int index = 0; index < matches.Length; index++)
        {
            int document = _touched[index];
            matches[index] = new ClauseMatch(document, _frequencies[document], _exact[document]);
            _frequencies[document] = 0;
            _exact[document] = false;
        }
        _touched.Clear();
        return matches;
    }

    private static bool AnyLive(PostingList postings, DeletedDocuments deleted)
    {
        PostingList.Reader reader = postings.Read();
        while (reader.MoveNext())
        {
            if (!deleted.Contains(reader.Document)) return true;
        }
        return false;
    }
}
