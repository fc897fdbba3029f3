namespace Ecosystem.Search;

/// <summary>Bytes that grow; integers take 7 bits per byte, low bits first.</summary>
/// <param name="expected">About how many there will be.</param>
internal sealed class ByteBuffer(int expected = 64)
{
    private byte[] _bytes = new byte[Math.Max(64, expected)];

    internal int Length { get; private set; }

    internal void Write(int value)
    {
        if (_bytes.Length - Length < 5) Grow(5);
        uint rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) _bytes[Length++] = (byte)(rest | 0x80);
        _bytes[Length++] = (byte)rest;
    }

    internal void WriteByte(byte value)
    {
        if (_bytes.Length == Length) Grow(1);
        _bytes[Length++] = value;
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>The bytes, perhaps with a little room at the end: copying hundreds of megabytes to save a few is no gain.</summary>
    internal byte[] ToArray() => Length >= _bytes.Length - (_bytes.Length / 16) ? _bytes : _bytes.AsSpan(0, Length).ToArray();

    internal static int Read(byte[] bytes, ref int at)
    {
        int value = bytes[at++];
        if (value < 0x80) return value;
        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    private void Grow(int more) => Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)Length + more, _bytes.Length * 2L)));
}
