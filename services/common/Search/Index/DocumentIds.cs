using System.Text;

namespace Ecosystem.Search;

/// <summary>The ids of a segment's documents, ascending by their UTF-8 bytes, one after the other in one array.</summary>
internal sealed class DocumentIds(byte[] bytes, int[] starts)
{
    internal byte[] Bytes => bytes;

    internal int[] Starts => starts;

    internal int Count => starts.Length - 1;

    internal ReadOnlySpan<byte> this[int document] => bytes.AsSpan(starts[document], starts[document + 1] - starts[document]);

    internal string TextOf(int document) => Encoding.UTF8.GetString(this[document]);

    /// <summary>The document's number, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> id)
    {
        int at = FirstNotBefore(id);
        return at < Count && this[at].SequenceEqual(id) ? at : -1;
    }

    /// <summary>The first document whose id comes after this one.</summary>
    internal int FirstAfter(ReadOnlySpan<byte> id)
    {
        int at = FirstNotBefore(id);
        return at < Count && this[at].SequenceEqual(id) ? at + 1 : at;
    }

    /// <summary>Whether an id could be among these at all.</summary>
    internal bool Spans(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last) =>
        Count > 0 && this[0].SequenceCompareTo(last) <= 0 && this[Count - 1].SequenceCompareTo(first) >= 0;

    internal static byte[] Utf8(string id) => Encoding.UTF8.GetBytes(id);

    internal static DocumentIds Of(IReadOnlyCollection<byte[]> ascending)
    {
        byte[] bytes = new byte[ascending.Sum(id => id.Length)];
        int[] starts = new int[ascending.Count + 1];
        int number = 0;
        foreach (byte[] id in ascending)
        {
            id.CopyTo(bytes, starts[number]);
            starts[number + 1] = starts[number] + id.Length;
            number++;
        }
        return new DocumentIds(bytes, starts);
    }

    private int FirstNotBefore(ReadOnlySpan<byte> id)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (this[middle].SequenceCompareTo(id) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
