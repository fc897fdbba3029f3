using System.Text.Json.Nodes;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.Transcoding;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>Messages and enums as JSON Schema 2020-12 in the form of proto3 JSON; each is written once and referred to by its full name.</summary>
internal sealed class SchemaCollection
{
    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal) { [ProblemSchema.Name] = ProblemSchema.Schema() };

    public JsonObject ToJson() => new(_schemas.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value)));

    public JsonNode OfMessage(MessageDescriptor message)
    {
        if (OfWellKnown(message) is { } known)
        {
            return known;
        }

        if (!_schemas.ContainsKey(message.FullName))
        {
            // Entered first, so that a message that holds itself ends.
            var schema = _schemas[message.FullName] = [];
            schema["type"] = "object";
            schema["description"] = ProtoComments.Of(message);
            schema["properties"] = new JsonObject(message.Fields.InFieldNumberOrder()
                .Select(f => KeyValuePair.Create<string, JsonNode?>(f.JsonName, WithComment(OfField(f), f))));
        }

        return Reference(message.FullName);
    }

    public JsonNode OfField(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = OfValue(field.MessageType.FindFieldByNumber(2)) };
        }

        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = OfValue(field) } : OfValue(field);
    }

    private JsonNode OfValue(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => Type("boolean"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Type("integer", "int32"),
        FieldType.UInt32 or FieldType.Fixed32 => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = uint.MaxValue },
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Type("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Type("string", "uint64"),
        FieldType.Float => Type("number", "float"),
        FieldType.Double => Type("number", "double"),
        FieldType.Bytes => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
        FieldType.Enum => OfEnum(field.EnumType),
        FieldType.Message or FieldType.Group => OfMessage(field.MessageType),
        _ => Type("string"),
    };

    private JsonNode OfEnum(EnumDescriptor enumeration)
    {
        if (enumeration.FullName == WellKnown.NullValue)
        {
            return Type("null");
        }

        if (!_schemas.ContainsKey(enumeration.FullName))
        {
            var values = string.Join('\n', enumeration.Values.Select(v => $"- `{v.Name}`: {ProtoComments.Of(v)}"));
            _schemas[enumeration.FullName] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = $"{ProtoComments.Of(enumeration)}\n\n{values}",
                ["enum"] = new JsonArray([.. enumeration.Values.Select(v => JsonValue.Create(v.Name))]),
            };
        }

        return Reference(enumeration.FullName);
    }

    private JsonNode? OfWellKnown(MessageDescriptor message)
    {
        if (WellKnown.IsWrapper(message))
        {
            var wrapped = (JsonObject)OfValue(message.FindFieldByNumber(1));
            wrapped["type"] = new JsonArray(wrapped["type"]!.DeepClone(), "null");
            return wrapped;
        }

        return message.FullName switch
        {
            "google.protobuf.Timestamp" => Type("string", "date-time"),
            "google.protobuf.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = "^-?[0-9]+(\\.[0-9]{1,9})?s$" },
            "google.protobuf.FieldMask" => new JsonObject { ["type"] = "string", ["description"] = "Field names with commas between them." },
            "google.protobuf.Struct" => Type("object"),
            "google.protobuf.ListValue" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject() },
            WellKnown.Value => new JsonObject(),
            "google.protobuf.Empty" => Type("object"),
            WellKnown.Any => new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["@type"] = Type("string") },
                ["required"] = new JsonArray("@type"),
            },
            _ => null,
        };
    }

    private static JsonNode WithComment(JsonNode schema, FieldDescriptor field)
    {
        if (ProtoComments.Of(field) is { Length: > 0 } comment)
        {
            // Since 3.1 a reference may have neighbours.
            schema["description"] = comment;
        }

        return schema;
    }

    private static JsonObject Type(string type, string? format = null) =>
        format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
