using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// Walks the documents in which a term occurs, ascending. Each is written as its distance from the one before, then field and frequency: in one
/// byte when it is one field and up to 16 times (low half the field, high half the frequency less one), else the mark 15, the number of
/// fields, and each field with its frequency less one. Positions lie apart, by field, each as its distance from the one before.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct PostingReader
{
    internal const int SeveralFields = 15;
    internal const int MostInOneByte = 16;

    private readonly TermIndex _index;
    private readonly byte[] _occurrences;
    private readonly int _term;
    private readonly int _count;
    private int _read;
    private int _at;
    private int _entryAt;
    private int _positionsAt;
    private int _unreadPositions;
    private int _total;

    internal PostingReader(TermIndex index, int term)
    {
        _index = index;
        _term = term;
        _count = index.Counts[term];
        _occurrences = index.Occurrences.Bytes;
        _at = index.Occurrences.Starts[term];
        _positionsAt = index.Positions.Starts[term];
        Document = -1;
    }

    /// <summary>The current document's number in its segment.</summary>
    internal int Document { get; private set; }

    /// <summary>How many documents the whole list has, deleted ones included.</summary>
    internal readonly int Count => _count;

    internal bool MoveNext()
    {
        if (_read == _count) return false;
        _read++;
        _unreadPositions += _total;
        Document += 1 + ByteBuffer.Read(_occurrences, ref _at);
        _entryAt = _at;
        int first = _occurrences[_at++];
        if ((first & 15) != SeveralFields) _total = (first >> 4) + 1;
        else SkipFields();
        return true;
    }

    /// <summary>Goes on to the first document that is not before this one; false when there is none.</summary>
    internal bool AdvanceTo(int document)
    {
        if (Document >= document) return true;
        SkipTo(document);
        while (MoveNext())
        {
            if (Document >= document) return true;
        }
        return false;
    }

    /// <summary>BM25F's pseudo-frequency of the term in the current document: frequencies weighted by field and length.</summary>
    internal readonly double Weigh(FieldWeights weights)
    {
        int at = _entryAt;
        int first = _occurrences[at++];
        if ((first & 15) != SeveralFields) return weights.Of(first & 15, Document) * ((first >> 4) + 1);
        double sum = 0;
        for (int fields = ByteBuffer.Read(_occurrences, ref at); fields > 0; fields--)
        {
            int field = ByteBuffer.Read(_occurrences, ref at);
            sum += weights.Of(field, Document) * (ByteBuffer.Read(_occurrences, ref at) + 1);
        }
        return sum;
    }

    /// <summary>Calls back for each field of the current document with the frequency in it.</summary>
    internal readonly void ForEachField(Action<int, int> found)
    {
        int at = _entryAt;
        int first = _occurrences[at++];
        if ((first & 15) != SeveralFields)
        {
            found(first & 15, (first >> 4) + 1);
            return;
        }
        for (int fields = ByteBuffer.Read(_occurrences, ref at); fields > 0; fields--)
        {
            int field = ByteBuffer.Read(_occurrences, ref at);
            found(field, ByteBuffer.Read(_occurrences, ref at) + 1);
        }
    }

    /// <summary>The current entry as it is written, without the document's number.</summary>
    internal readonly ReadOnlySpan<byte> RawEntry => _occurrences.AsSpan(_entryAt, _at - _entryAt);

    /// <summary>The positions in the current document as they are written; at most once per document.</summary>
    internal ReadOnlySpan<byte> RawPositions()
    {
        byte[] positions = _index.Positions.Bytes;
        SkipPositions(positions, _unreadPositions);
        int begin = _positionsAt;
        SkipPositions(positions, _total);
        _unreadPositions = -_total;
        return positions.AsSpan(begin, _positionsAt - begin);
    }

    /// <summary>The positions in the current document by field; at most once per document.</summary>
    internal void ReadPositions(PositionBuffer buffer)
    {
        byte[] positions = _index.Positions.Bytes;
        SkipPositions(positions, _unreadPositions);
        buffer.Clear();
        int at = _entryAt;
        int first = _occurrences[at++];
        int fields = (first & 15) == SeveralFields ? ByteBuffer.Read(_occurrences, ref at) : 1;
        for (int index = 0; index < fields; index++)
        {
            int field = (first & 15) == SeveralFields ? ByteBuffer.Read(_occurrences, ref at) : first & 15;
            int frequency = (first & 15) == SeveralFields ? ByteBuffer.Read(_occurrences, ref at) + 1 : (first >> 4) + 1;
            int position = -1;
            for (; frequency > 0; frequency--)
            {
                position += 1 + ByteBuffer.Read(positions, ref _positionsAt);
                buffer.Add(field, position);
            }
        }
        _unreadPositions = -_total;
    }

    private void SkipFields()
    {
        _total = 0;
        for (int fields = ByteBuffer.Read(_occurrences, ref _at); fields > 0; fields--)
        {
            ByteBuffer.Read(_occurrences, ref _at);
            _total += ByteBuffer.Read(_occurrences, ref _at) + 1;
        }
    }

    private void SkipPositions(byte[] positions, int count)
    {
        for (; count > 0; count--)
        {
            while (positions[_positionsAt++] >= 0x80)
            {
                // The rest of a number of several bytes.
            }
        }
        _unreadPositions = 0;
    }

    /// <summary>Jumps over whole stretches that end before the document.</summary>
    private void SkipTo(int document)
    {
        (int[] entries, int[] starts) = _index.Skips;
        int first = starts[_term] / Skips.Width;
        int low = first + (Math.Max(0, _read - 1) / Skips.Distance);
        int high = starts[_term + 1] / Skips.Width;
        if (low >= high || entries[low * Skips.Width] >= document) return;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle * Skips.Width] < document) low = middle;
            else high = middle;
        }
        Document = entries[low * Skips.Width];
        _at = entries[(low * Skips.Width) + 1];
        _positionsAt = entries[(low * Skips.Width) + 2];
        _read = (low - first + 1) * Skips.Distance;
        _unreadPositions = 0;
        _total = 0;
    }
}

/// <summary>Positions of one term in one document, by field.</summary>
internal sealed class PositionBuffer(int fields)
{
    private readonly List<int>[] _byField = [.. Enumerable.Range(0, fields).Select(_ => new List<int>())];

    internal List<int> this[int field] => _byField[field];

    internal void Clear()
    {
        foreach (List<int> positions in _byField) positions.Clear();
    }

    internal void Add(int field, int position) => _byField[field].Add(position);
}
