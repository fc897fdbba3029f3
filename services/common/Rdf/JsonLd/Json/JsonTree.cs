using System.Text;
using System.Text.Json;

namespace Ecosystem.Rdf.JsonLd;

/// <summary>Reads JSON (RFC 8259) into a tree, within limits.</summary>
internal static class JsonTree
{
    /// <param name="source">The document.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="mention">
    /// Where faults are to be reported when this is not the document that is being read, but a context which that document mentions there.
    /// </param>
    public static JsonItem Parse(JsonSource source, RdfReaderOptions options, JsonMention? mention = null)
    {
        // A node in a node takes an array and an object; the sentence about nesting is ours, so the reader itself allows one level more.
        int depth = options.MaxDepth * 2;
        var reader = new Utf8JsonReader(source.Bytes, new JsonReaderOptions { MaxDepth = depth + 1, CommentHandling = JsonCommentHandling.Disallow });
        var builder = new Builder(source, options, depth, mention);
        try
        {
            reader.Read();
            JsonItem root = builder.Value(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException broken)
        {
            throw builder.Fault(Sentence(broken), Offset(source, broken));
        }
    }

    private static string Sentence(JsonException broken)
    {
        string reason = broken.Message;
        int position = reason.IndexOf(" LineNumber", StringComparison.Ordinal);
        return $"This is not JSON: {(position < 0 ? reason : reason[..position])}";
    }

    private static int Offset(JsonSource source, JsonException broken)
    {
        long line = broken.LineNumber ?? 0;
        int at = 0;
        for (; line > 0 && source.Bytes[at..].IndexOf((byte)'\n') is >= 0 and var end; line--)
        {
            at += end + 1;
        }

        return (int)Math.Min(at + (broken.BytePositionInLine ?? 0), source.Bytes.Length);
    }

    private sealed class Builder(JsonSource source, RdfReaderOptions options, int depth, JsonMention? mention)
    {
        public RdfSyntaxException Fault(string sentence, int offset) =>
            (mention?.Source ?? source).Fault(sentence, mention?.Offset ?? offset, "loading document failed");

        public JsonItem Value(ref Utf8JsonReader reader)
        {
            int offset = At(ref reader);
            return reader.TokenType switch
            {
                JsonTokenType.StartObject => Map(ref reader, offset),
                JsonTokenType.StartArray => Array(ref reader, offset),
                JsonTokenType.String => new JsonText(Text(ref reader, options.MaxLiteralLength, "A text"), offset),
                JsonTokenType.Number => new JsonNumber(Digits(ref reader), offset),
                JsonTokenType.True => new JsonFlag(value: true, offset),
                JsonTokenType.False => new JsonFlag(value: false, offset),
                _ => new JsonNull(offset),
            };
        }

        private JsonMap Map(ref Utf8JsonReader reader, int offset)
        {
            RefuseTooDeep(ref reader);
            var map = new JsonMap(offset);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string key = Text(ref reader, options.MaxNameLength, "A name");
                reader.Read();
                map[key] = Value(ref reader);
            }

            return map;
        }

        private JsonArray Array(ref Utf8JsonReader reader, int offset)
        {
            RefuseTooDeep(ref reader);
            var array = new JsonArray(offset);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                array.Add(Value(ref reader));
            }

            return array;
        }

        private void RefuseTooDeep(ref Utf8JsonReader reader)
        {
            if (reader.CurrentDepth >= depth)
            {
                throw Fault($"Objects and arrays may nest at most {depth} deep.", At(ref reader));
            }
        }

        private string Text(ref Utf8JsonReader reader, int longest, string what)
        {
            if (reader.ValueSpan.Length > longest && (reader.ValueSpan.Length > 6L * longest || Decoded(ref reader).Length > longest))
            {
                throw Fault($"{what} may have at most {longest} characters.", At(ref reader));
            }

            return Decoded(ref reader);
        }

        private string Decoded(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException)
            {
                throw Fault("Half of a surrogate pair stands alone; it names no character.", At(ref reader));
            }
        }

        private string Digits(ref Utf8JsonReader reader) => reader.ValueSpan.Length <= options.MaxNameLength
            ? Encoding.ASCII.GetString(reader.ValueSpan)
            : throw Fault($"A number may have at most {options.MaxNameLength} digits.", At(ref reader));

        private int At(ref Utf8JsonReader reader) => mention?.Offset ?? (int)reader.TokenStartIndex;
    }
}

/// <summary>The place in a document where another one is mentioned.</summary>
internal sealed record JsonMention(JsonSource Source, int Offset);
