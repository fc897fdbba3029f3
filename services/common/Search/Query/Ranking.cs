using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>A document that was found, on its way to becoming a hit.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RankedDocument(double Score, int Segment, int Document);

/// <summary>Keeps the best so many of all documents that are offered to it: the higher score, then the smaller id.</summary>
internal sealed class Ranking
{
    private readonly Snapshot _snapshot;
    private readonly int _size;
    private readonly PageToken? _after;
    private readonly int[] _firstAfter;
    private readonly PriorityQueue<RankedDocument, RankedDocument> _best;
    private readonly Comparer<RankedDocument> _bestFirst;
    private RankedDocument _worst;

    internal Ranking(Snapshot snapshot, int size, PageToken? after)
    {
        _snapshot = snapshot;
        _size = size;
        _after = after;
        byte[] id = DocumentIds.Utf8(after?.Id ?? "");
        _firstAfter = after is null ? [] : Array.ConvertAll(snapshot.Segments, view => view.Segment.Ids.FirstAfter(id));
        _bestFirst = Comparer<RankedDocument>.Create(Compare);
        _best = new(Comparer<RankedDocument>.Create((left, right) => Compare(right, left)));
    }

    /// <summary>Whether more documents were offered than fit.</summary>
    internal bool HasMore { get; private set; }

    /// <summary>The first document of a segment that can be on this page.</summary>
    internal int FirstOf(Segment segment, bool unscored) =>
        unscored && _after is not null ? _firstAfter[Array.FindIndex(_snapshot.Segments, view => view.Segment == segment)] : 0;

    /// <summary>Offers a document; false when it is not among the best so far.</summary>
    internal bool Offer(double score, int segment, int document)
    {
        if (_after is not null && (score > _after.Score || (score.Equals(_after.Score) && document < _firstAfter[segment]))) return false;
        if (_best.Count < _size)
        {
            Take(new RankedDocument(score, segment, document));
            return true;
        }
        HasMore = true;
        if (_size == 0 || score < _worst.Score) return false;
        var offered = new RankedDocument(score, segment, document);
        if (Compare(_worst, offered) < 0) return false;
        _best.Dequeue();
        Take(offered);
        return true;
    }

    internal RankedDocument[] BestFirst()
    {
        RankedDocument[] all = [.. _best.UnorderedItems.Select(item => item.Element)];
        Array.Sort(all, _bestFirst);
        return all;
    }

    private void Take(RankedDocument document)
    {
        _best.Enqueue(document, document);
        _worst = _best.Peek();
    }

    private int Compare(RankedDocument left, RankedDocument right)
    {
        int byScore = right.Score.CompareTo(left.Score);
        if (byScore != 0) return byScore;
        return left.Segment == right.Segment
            ? left.Document.CompareTo(right.Document)
            : _snapshot.Segments[left.Segment].Segment.Ids[left.Document].SequenceCompareTo(_snapshot.Segments[right.Segment].Segment.Ids[right.Document]);
    }
}
