using System.Collections.Concurrent;
using System.Numerics;

namespace Ecosystem.Search;

/// <summary>
/// An immutable part of the index: some documents and everything that is known about them. Documents are numbered from 0 within it in the order
/// of their ids. Deletions are kept outside, in the <see cref="SegmentView"/>.
/// </summary>
internal sealed class Segment(
    DocumentIds ids, long[] versions, TermIndex terms, int[][] lengths, KeywordColumn[] keywords, (double From, double To)[][] ranges, StoredTexts texts)
{
    /// <summary>Filters are asked again and again (what everybody may see, a theme, a town); more than so many are not kept.</summary>
    private const int MostFilters = 64;

    private readonly ConcurrentDictionary<string, DocumentSet> _filters = new(StringComparer.Ordinal);

    internal int Count => ids.Count;

    internal DocumentIds Ids => ids;

    /// <summary>The version of each document; 0 where it has none.</summary>
    internal long[] Versions => versions;

    internal TermIndex Terms => terms;

    internal StoredTexts Texts => texts;

    /// <summary>Number of indexed words per document.</summary>
    internal int[] Lengths(int field) => lengths[field];

    internal KeywordColumn Keyword(int field) => keywords[field];

    /// <summary>The interval of each document; (NaN, NaN) where it has none.</summary>
    internal (double From, double To)[] Range(int field) => ranges[field];

    /// <summary>The documents that a filter accepts, deleted ones included. The set is shared: do not change it.</summary>
    internal DocumentSet Accepted(SearchSchema schema, SearchFilter filter)
    {
        if (_filters.TryGetValue(filter.Identity, out DocumentSet? known)) return known;
        if (_filters.Count >= MostFilters) _filters.Clear();
        return _filters[filter.Identity] = FilterScan.Run(schema, this, filter);
    }
}

/// <summary>A segment as one snapshot sees it.</summary>
internal sealed record SegmentView(Segment Segment, DeletedDocuments Deleted)
{
    internal int LiveCount => Segment.Count - Deleted.Count;
}

/// <summary>Which documents of a segment are gone. Immutable: a deletion copies one small block and shares the rest.</summary>
internal sealed class DeletedDocuments
{
    private const int BlockBits = 4096;

    internal static readonly DeletedDocuments None = new([], 0);

    private readonly ulong[]?[] _blocks;

    private DeletedDocuments(ulong[]?[] blocks, int count)
    {
        _blocks = blocks;
        Count = count;
    }

    internal int Count { get; }

    internal bool Contains(int document)
    {
        int block = document / BlockBits;
        return block < _blocks.Length && _blocks[block] is { } bits
            && (bits[document % BlockBits / 64] & (1UL << (document % 64))) != 0;
    }

    internal DeletedDocuments With(int document)
    {
        if (Contains(document)) return this;
        int block = document / BlockBits;
        var blocks = new ulong[]?[Math.Max(_blocks.Length, block + 1)];
        _blocks.CopyTo(blocks, 0);
        ulong[] bits = blocks[block] is { } existing ? [.. existing] : new ulong[BlockBits / 64];
        bits[document % BlockBits / 64] |= 1UL << (document % 64);
        blocks[block] = bits;
        return new DeletedDocuments(blocks, Count + 1);
    }

    /// <summary>The numbers of the deleted documents, ascending.</summary>
    internal IEnumerable<int> All()
    {
        for (int block = 0; block < _blocks.Length; block++)
        {
            if (_blocks[block] is not { } bits) continue;
            for (int index = 0; index < bits.Length; index++)
            {
                for (ulong rest = bits[index]; rest != 0; rest &= rest - 1)
                    yield return (block * BlockBits) + (index * 64) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }
}
