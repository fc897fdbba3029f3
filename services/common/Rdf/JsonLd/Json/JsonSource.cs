using System.Text;

namespace Ecosystem.Rdf.JsonLd;

/// <summary>The bytes of a document, and where in it something stands.</summary>
internal sealed class JsonSource
{
    private readonly byte[] _bytes;
    private List<int>? _lineStarts;

    public JsonSource(string document) => _bytes = Encoding.UTF8.GetBytes(document);

    public ReadOnlySpan<byte> Bytes => _bytes;

    public RdfSyntaxException Fault(string sentence, int offset, string? code = null)
    {
        (int line, int column) = Locate(offset);
        return new RdfSyntaxException(sentence, line, column) { Code = code };
    }

    /// <summary>Line and column (in UTF-16 characters), counted from 1.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        _lineStarts ??= LineStarts();
        int found = _lineStarts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        int start = _lineStarts[line];
        int end = Math.Clamp(offset, start, _bytes.Length);
        return (line + 1, Encoding.UTF8.GetCharCount(_bytes, start, end - start) + 1);
    }

    private List<int> LineStarts()
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < _bytes.Length; i++)
        {
            if (_bytes[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return starts;
    }
}
