namespace Ecosystem.Search;

/// <summary>What the clauses say about the documents of one segment.</summary>
internal sealed class SegmentScores(SegmentView view)
{
    private readonly double[] _scores = new double[view.Segment.Count];
    private readonly ushort[] _required = new ushort[view.Segment.Count];
    private readonly bool[] _excluded = new bool[view.Segment.Count];

    internal SegmentView View => view;

    internal double ScoreOf(int document) => _scores[document];

    internal void Add(ClauseMatch[] matches, double weight, double saturation, bool required)
    {
        foreach ((int document, double frequency, _) in matches)
        {
            _scores[document] += weight * frequency / (saturation + frequency);
            if (required) _required[document]++;
        }
    }

    internal void Exclude(ClauseMatch[] matches)
    {
        foreach (ClauseMatch match in matches) _excluded[match.Document] = true;
    }

    /// <summary>Whether the text part of the query accepts the document.</summary>
    internal bool Accepts(int document, int requiredClauses, bool anyScoring) =>
        _required[document] == requiredClauses && !_excluded[document] && (!anyScoring || _scores[document] > 0) && !view.Deleted.Contains(document);
}
