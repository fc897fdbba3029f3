using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>A set of documents of one segment, one bit each.</summary>
internal sealed class DocumentSet : IDisposable
{
    private readonly bool _rented;
    private readonly int _length;
    private ulong[] _words;

    private DocumentSet(ulong[] words, int length, bool rented)
    {
        _words = words;
        _length = length;
        _rented = rented;
    }

    /// <summary>An empty set that is kept for long.</summary>
    internal static DocumentSet Lasting(int documents) => new(new ulong[WordsFor(documents)], WordsFor(documents), rented: false);

    /// <summary>An empty set for one query; its memory goes back when it is disposed.</summary>
    internal static DocumentSet Rent(int documents)
    {
        int length = WordsFor(documents);
        ulong[] words = ArrayPool<ulong>.Shared.Rent(length);
        words.AsSpan(0, length).Clear();
        return new DocumentSet(words, length, rented: true);
    }

    internal ReadOnlySpan<ulong> Words => _words.AsSpan(0, _length);

    internal int Population
    {
        get
        {
            int population = 0;
            foreach (ulong word in Words) population += BitOperations.PopCount(word);
            return population;
        }
    }

    internal bool Contains(int document) => (_words[document >> 6] & (1UL << document)) != 0;

    internal void Add(int document) => _words[document >> 6] |= 1UL << document;

    /// <summary>Adds a document; true when it was not there before.</summary>
    internal bool TryAdd(int document)
    {
        ref ulong word = ref _words[document >> 6];
        ulong bit = 1UL << document;
        bool added = (word & bit) == 0;
        word |= bit;
        return added;
    }

    internal void Remove(int document) => _words[document >> 6] &= ~(1UL << document);

    internal void AddAll(int documents)
    {
        Span<ulong> words = _words.AsSpan(0, _length);
        words.Fill(ulong.MaxValue);
        if (documents % 64 != 0) words[^1] = (1UL << documents) - 1;
    }

    internal void CopyFrom(DocumentSet other) => other.Words.CopyTo(_words);

    internal void IntersectWith(DocumentSet other)
    {
        ReadOnlySpan<ulong> others = other.Words;
        Span<ulong> words = _words.AsSpan(0, others.Length);
        int at = 0;
        if (Vector.IsHardwareAccelerated)
        {
            Span<Vector<ulong>> wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(words);
            ReadOnlySpan<Vector<ulong>> wideOthers = MemoryMarshal.Cast<ulong, Vector<ulong>>(others);
            for (int index = 0; index < wide.Length; index++) wide[index] &= wideOthers[index];
            at = wide.Length * Vector<ulong>.Count;
        }
        for (; at < words.Length; at++) words[at] &= others[at];
    }

    internal void ExceptWith(DocumentSet other)
    {
        ReadOnlySpan<ulong> others = other.Words;
        for (int at = 0; at < others.Length; at++) _words[at] &= ~others[at];
    }

    public void Dispose()
    {
        if (!_rented || _words.Length == 0) return;
        ArrayPool<ulong>.Shared.Return(_words);
        _words = [];
    }

    private static int WordsFor(int documents) => (documents + 63) / 64;
}
