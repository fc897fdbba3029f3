using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// Where one term occurs in one field: ascending document numbers with their positions, as variable-length integers
/// (7 bits per byte, low bits first). Immutable.
/// </summary>
internal sealed class PostingList(byte[] occurrences, byte[] positions, int count)
{
    /// <summary>How many documents contain the term, deleted ones included.</summary>
    internal int Count => count;

    internal Reader Read() => new(occurrences, positions, count);

    /// <summary>Walks the list once from its beginning.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal ref struct Reader(ReadOnlySpan<byte> occurrences, ReadOnlySpan<byte> positions, int remaining)
    {
        private readonly ReadOnlySpan<byte> _occurrences = occurrences;
        private readonly ReadOnlySpan<byte> _positions = positions;
        private int _remaining = remaining;
        private int _at;
        private int _positionsAt;
        private int _unreadPositions;

        /// <summary>The current document's number in its segment.</summary>
        internal int Document { get; private set; } = -1;

        /// <summary>How often the term occurs in the current document's field.</summary>
        internal int Frequency { get; private set; }

        internal bool MoveNext()
        {
            if (_remaining == 0) return false;
            _remaining--;
            _unreadPositions += Frequency;
            Document += 1 + ReadInteger(_occurrences, ref _at);
            Frequency = 1 + ReadInteger(_occurrences, ref _at);
            return true;
        }

        /// <summary>The positions in the current document; call it at most once per document.</summary>
        internal int[] Positions()
        {
            for (; _unreadPositions > 0; _unreadPositions--) ReadInteger(_positions, ref _positionsAt);
            int[] all = new int[Frequency];
            int position = -1;
            for (int index = 0; index < all.Length; index++)
            {
                position += 1 + ReadInteger(_positions, ref _positionsAt);
                all[index] = position;
            }
            _unreadPositions = -Frequency;
            return all;
        }

        private static int ReadInteger(ReadOnlySpan<byte> bytes, ref int at)
        {
            int value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = bytes[at++];
                value |= (next & 0x7F) << shift;
                if (next < 0x80) return value;
            }
        }
    }
}

/// <summary>Collects the occurrences of one term in one field; documents arrive in ascending order.</summary>
internal sealed class PostingListBuilder
{
    private readonly List<byte> _occurrences = [];
    private readonly List<byte> _positions = [];
    private int _document = -1;
    private int _count;

    internal bool IsEmpty => _count == 0;

    internal void Add(int document, ReadOnlySpan<int> positions)
    {
        Write(_occurrences, document - _document - 1);
        Write(_occurrences, positions.Length - 1);
        int previous = -1;
        foreach (int position in positions)
        {
            Write(_positions, position - previous - 1);
            previous = position;
        }
        _document = document;
        _count++;
    }

    internal PostingList Build() => new([.. _occurrences], [.. _positions], _count);

    private static void Write(List<byte> bytes, int value)
    {
        uint rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) bytes.Add((byte)(rest | 0x80));
        bytes.Add((byte)rest);
    }
}
