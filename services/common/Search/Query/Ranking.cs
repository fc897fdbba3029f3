using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>A document that was found, on its way to becoming a hit.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RankedDocument(double Score, string Id, int SegmentIndex, int Document)
{
    /// <summary>Best first: the higher score, then the smaller id.</summary>
    internal static readonly Comparer<RankedDocument> BestFirst = Comparer<RankedDocument>.Create(static (left, right) =>
    {
        int byScore = right.Score.CompareTo(left.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(left.Id, right.Id);
    });

    internal bool ComesAfter(PageToken token) =>
        Score < token.Score || (Score.Equals(token.Score) && string.CompareOrdinal(Id, token.Id) > 0);
}

/// <summary>Keeps the best so many of all documents that are offered to it.</summary>
internal sealed class Ranking(int size, PageToken? after)
{
    private static readonly Comparer<RankedDocument> WorstFirst =
        Comparer<RankedDocument>.Create(static (left, right) => RankedDocument.BestFirst.Compare(right, left));

    private readonly PriorityQueue<RankedDocument, RankedDocument> _best = new(WorstFirst);

    /// <summary>Whether more documents were offered than fit.</summary>
    internal bool HasMore { get; private set; }

    internal void Offer(RankedDocument document)
    {
        if (after is not null && !document.ComesAfter(after)) return;
        if (_best.Count < size)
        {
            _best.Enqueue(document, document);
            return;
        }
        HasMore = true;
        if (size > 0) _best.EnqueueDequeue(document, document);
    }

    internal RankedDocument[] BestFirst()
    {
        RankedDocument[] all = [.. _best.UnorderedItems.Select(item => item.Element)];
        Array.Sort(all, RankedDocument.BestFirst);
        return all;
    }
}
