using System.Text;

namespace Ecosystem.Search;

/// <summary>The texts of a segment's documents as they came, for snippets: UTF-8, one document after the other.</summary>
internal sealed class StoredTexts(byte[] bytes, long[] starts)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal byte[] Bytes => bytes;

    internal long[] Starts => starts;

    /// <summary>The values of a document, each with the number of its field.</summary>
    internal IEnumerable<(int Field, string? Language, string Text)> Of(int document)
    {
        int at = (int)starts[document];
        int end = (int)starts[document + 1];
        while (at < end)
        {
            int field = ByteBuffer.Read(bytes, ref at);
            string language = ReadText(ref at);
            yield return (field, language.Length == 0 ? null : language, ReadText(ref at));
        }
    }

    internal ReadOnlySpan<byte> Raw(int document) => bytes.AsSpan((int)starts[document], (int)(starts[document + 1] - starts[document]));

    /// <summary>Writes a value as <see cref="Of"/> reads it. Text that is no valid UTF-16 cannot be UTF-8 and is kept as it is; an odd length says so.</summary>
    internal static void Write(ByteBuffer buffer, int field, string? language, string text)
    {
        buffer.Write(field);
        WriteText(buffer, language ?? "");
        WriteText(buffer, text);
    }

    private static void WriteText(ByteBuffer buffer, string text)
    {
        try
        {
            byte[] utf8 = Strict.GetBytes(text);
            buffer.Write(utf8.Length << 1);
            buffer.Write(utf8);
        }
        catch (EncoderFallbackException)
        {
            ReadOnlySpan<byte> utf16 = System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan());
            buffer.Write((utf16.Length << 1) | 1);
            buffer.Write(utf16);
        }
    }

    private string ReadText(ref int at)
    {
        int header = ByteBuffer.Read(bytes, ref at);
        ReadOnlySpan<byte> text = bytes.AsSpan(at, header >> 1);
        at += text.Length;
        return (header & 1) == 0
            ? Encoding.UTF8.GetString(text)
            : new string(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(text));
    }
}
