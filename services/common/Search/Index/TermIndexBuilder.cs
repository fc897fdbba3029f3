using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>Where a word stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordPlace(int Term, int Document, int Field, int Position);

/// <summary>Writes a <see cref="TermIndex"/>: terms in ordinal order, the documents of each ascending.</summary>
/// <param name="occurrenceBytes">About how many bytes the documents will take.</param>
/// <param name="positionBytes">About how many bytes the positions will take.</param>
internal sealed class TermIndexBuilder(int occurrenceBytes = 0, int positionBytes = 0)
{
    private readonly List<string> _terms = [];
    private readonly List<int> _counts = [];
    private readonly ByteBuffer _occurrences = new(occurrenceBytes);
    private readonly ByteBuffer _positions = new(positionBytes);
    private readonly List<int> _occurrenceStarts = [0];
    private readonly List<int> _positionStarts = [0];
    private readonly List<int> _skips = [];
    private readonly List<int> _skipStarts = [0];
    private int _document = -1;
    private int _count;

    /// <summary>Adds to the present term a document as another index wrote it.</summary>
    internal void Add(int document, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> positions)
    {
        Begin(document);
        _occurrences.Write(entry);
        _positions.Write(positions);
    }

    /// <summary>Adds to the present term a document with its places, ordered by field and position.</summary>
    internal void Add(int document, ReadOnlySpan<WordPlace> places)
    {
        Begin(document);
        if (places[0].Field == places[^1].Field && places[0].Field < PostingReader.SeveralFields && places.Length <= PostingReader.MostInOneByte)
        {
            _occurrences.WriteByte((byte)(places[0].Field | ((places.Length - 1) << 4)));
            Write(places);
            return;
        }
        int fields = 1;
        for (int index = 1; index < places.Length; index++) fields += places[index].Field != places[index - 1].Field ? 1 : 0;
        _occurrences.WriteByte(PostingReader.SeveralFields);
        _occurrences.Write(fields);
        for (int begin = 0, end; begin < places.Length; begin = end)
        {
            end = begin + 1;
            while (end < places.Length && places[end].Field == places[begin].Field) end++;
            _occurrences.Write(places[begin].Field);
            _occurrences.Write(end - begin - 1);
            Write(places[begin..end]);
        }
    }

    /// <summary>Ends the present term; one without documents is left out.</summary>
    internal void End(string term)
    {
        if (_count == 0) return;
        _terms.Add(term);
        _counts.Add(_count);
        _occurrenceStarts.Add(_occurrences.Length);
        _positionStarts.Add(_positions.Length);
        _skipStarts.Add(_skips.Count);
        _document = -1;
        _count = 0;
    }

    internal TermIndex Build()
    {
        string[] terms = [.. _terms];
        int[] byReversed = [.. Enumerable.Range(0, terms.Length)];
        Array.Sort(byReversed, (left, right) => ReversedOrdinal.Compare(terms[left], terms[right]));
        return new TermIndex(
            terms,
            byReversed,
            [.. _counts],
            new PostingBytes(_occurrences.ToArray(), [.. _occurrenceStarts]),
            new PostingBytes(_positions.ToArray(), [.. _positionStarts]),
            new Skips([.. _skips], [.. _skipStarts]));
    }

    private void Begin(int document)
    {
        if (_count > 0 && _count % Skips.Distance == 0)
        {
            _skips.Add(_document);
            _skips.Add(_occurrences.Length);
            _skips.Add(_positions.Length);
        }
        _occurrences.Write(document - _document - 1);
        _document = document;
        _count++;
    }

    private void Write(ReadOnlySpan<WordPlace> places)
    {
        int previous = -1;
        foreach (WordPlace place in places)
        {
            _positions.Write(place.Position - previous - 1);
            previous = place.Position;
        }
    }
}
