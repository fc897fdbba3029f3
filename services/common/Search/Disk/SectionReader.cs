using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>Reads what <see cref="SectionWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">A length does not fit into what is left of the file.</exception>
/// <exception cref="EndOfStreamException">The file ends too early.</exception>
internal sealed class SectionReader(Stream stream)
{
    private long _left = stream.Length - stream.Position;

    internal uint Sum { get; private set; }

    internal T[] Read<T>()
        where T : unmanaged
    {
        long count = 0;
        ReadBytes(MemoryMarshal.AsBytes(new Span<long>(ref count)));
        if (count < 0 || count > Array.MaxLength || count > _left / Marshal.SizeOf<T>()) throw new InvalidDataException($"it says that {count} values follow, where {_left} bytes are left");
        T[] values = GC.AllocateUninitializedArray<T>((int)count);
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        ReadBytes(bytes);
        return values;
    }

    internal string[] ReadTexts()
    {
        int[] lengths = Read<int>();
        char[] letters = Read<char>();
        string[] texts = new string[lengths.Length];
        int at = 0;
        for (int index = 0; index < texts.Length; index++)
        {
            if (lengths[index] < 0 || lengths[index] > letters.Length - at) throw new InvalidDataException("a text is longer than all of them");
            texts[index] = new string(letters, at, lengths[index]);
            at += lengths[index];
        }
        return texts;
    }

    private void ReadBytes(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        Sum = Checksum.Add(Sum, bytes);
        _left -= bytes.Length;
    }
}
