using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>Writes arrays one after the other, each with its length before it, and sums them up.</summary>
internal sealed class SectionWriter(Stream stream)
{
    private const int Chunk = 1 << 20;

    internal uint Sum { get; private set; }

    internal long Length { get; private set; }

    internal void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        long count = values.Length;
        WriteBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in count)));
        int most = Chunk / Marshal.SizeOf<T>();
        for (; values.Length > most; values = values[most..]) WriteBytes(MemoryMarshal.AsBytes(values[..most]));
        WriteBytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Texts as UTF-16, so that any of them comes back as it was.</summary>
    internal void Write(IReadOnlyCollection<string> texts)
    {
        Write<int>([.. texts.Select(text => text.Length)]);
        char[] letters = new char[texts.Sum(text => text.Length)];
        int at = 0;
        foreach (string text in texts)
        {
            text.CopyTo(letters.AsSpan(at));
            at += text.Length;
        }
        Write<char>(letters);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Sum = Checksum.Add(Sum, bytes);
        Length += bytes.Length;
        stream.Write(bytes);
    }
}
