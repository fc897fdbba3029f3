using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Json;

/// <summary>What reading and writing JSON needs to know about the fields of a message, worked out once.</summary>
internal sealed class MessageFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageFields> Known = new();

    private MessageFields(MessageDescriptor message) => InOrder = [.. message.Fields.InFieldNumberOrder().Select(f => new JsonField(f))];

    public JsonField[] InOrder { get; }

    public static MessageFields Of(MessageDescriptor message) => Known.GetOrAdd(message, static m => new MessageFields(m));

    /// <summary>The field of a JSON or proto name.</summary>
    public FieldDescriptor? Find(string name) => InOrder.FirstOrDefault(f => f.Field.JsonName == name || f.Field.Name == name)?.Field;

    /// <summary>The field of the member the reader stands at; members mostly come in order, so the search begins after the last one found.</summary>
    public JsonField? Find(ref Utf8JsonReader reader, ref int hint)
    {
        for (var i = 0; i < InOrder.Length; i++)
        {
            var at = (hint + i) % InOrder.Length;
            if (InOrder[at].IsNamed(ref reader))
            {
                hint = at + 1;
                return InOrder[at];
            }
        }

        return null;
    }
}

/// <summary>A field with its names in JSON.</summary>
internal sealed class JsonField(FieldDescriptor field)
{
    private readonly byte[] _jsonName = Encoding.UTF8.GetBytes(field.JsonName);
    private readonly byte[] _protoName = Encoding.UTF8.GetBytes(field.Name);
    private readonly Dictionary<int, JsonEncodedText>? _enumNames = field.FieldType == FieldType.Enum
        ? field.EnumType.Values.DistinctBy(v => v.Number).ToDictionary(v => v.Number, v => JsonEncodedText.Encode(v.Name))
        : null;

    public FieldDescriptor Field { get; } = field;

    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(field.JsonName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    public bool IsNamed(ref Utf8JsonReader reader) => reader.ValueTextEquals(_jsonName) || reader.ValueTextEquals(_protoName);

    public bool TryGetEnumName(int number, out JsonEncodedText name) => _enumNames!.TryGetValue(number, out name);
}
