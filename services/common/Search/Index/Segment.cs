namespace Ecosystem.Search;

/// <summary>
/// An immutable part of the index: some documents and everything that is known about them. Documents are numbered from 0 within it.
/// Deletions are kept outside, in the <see cref="SegmentView"/>.
/// </summary>
internal sealed class Segment(SearchDocument[] documents, TextColumn[] text, KeywordColumn[] keywords, (double From, double To)[][] ranges)
{
    internal int Count => documents.Length;

    internal SearchDocument Document(int number) => documents[number];

    internal TextColumn Text(int field) => text[field];

    internal KeywordColumn Keyword(int field) => keywords[field];

    /// <summary>The interval of each document; (NaN, NaN) where it has none.</summary>
    internal (double From, double To)[] Range(int field) => ranges[field];
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
}
