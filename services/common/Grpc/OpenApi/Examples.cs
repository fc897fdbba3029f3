using System.Text.Json.Nodes;
using Ecosystem.Grpc.Transcoding;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>An example of a message, made of its types: right in form, to be filled with sense by the reader.</summary>
internal static class Examples
{
    private const int MostLevels = 3;

    public static JsonNode? Of(MessageDescriptor message) => Of(message, 0);

    public static JsonNode? Of(FieldDescriptor field) => Field(field, 0);

    private static JsonNode? Of(MessageDescriptor message, int level)
    {
        if (WellKnown.IsWrapper(message))
        {
            return Value(message.FindFieldByNumber(1), level);
        }

        switch (message.FullName)
        {
            case "google.protobuf.Timestamp":
                return "2026-01-31T12:00:00Z";
            case "google.protobuf.Duration":
                return "90s";
            case "google.protobuf.FieldMask":
                return "title";
            case WellKnown.Any or WellKnown.Value or "google.protobuf.Struct" or "google.protobuf.ListValue":
                return null;
        }

        var example = new JsonObject();
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            var isFirstOfItsOneof = field.RealContainingOneof is null || field.RealContainingOneof.Fields[0] == field;
            if (isFirstOfItsOneof && Field(field, level) is { } value)
            {
                example[field.JsonName] = value;
            }
        }

        return example;
    }

    private static JsonNode? Field(FieldDescriptor field, int level)
    {
        if (field.IsMap)
        {
            return Value(field.MessageType.FindFieldByNumber(2), level) is { } entry ? new JsonObject { [Key(field)] = entry } : null;
        }

        var value = Value(field, level);
        return field.IsRepeated && value is not null ? new JsonArray(value) : value;
    }

    private static JsonNode? Value(FieldDescriptor field, int level) => field.FieldType switch
    {
        FieldType.Bool => true,
        FieldType.Float or FieldType.Double => 0.5,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64 => "1",
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 or FieldType.UInt32 or FieldType.Fixed32 => 1,
        FieldType.Bytes => "AA==",
        FieldType.Enum => field.EnumType.Values[Math.Min(1, field.EnumType.Values.Count - 1)].Name,
        FieldType.Message => level + 1 < MostLevels ? Of(field.MessageType, level + 1) : null,
        _ => field.Name is "id" || field.Name.EndsWith("_id", StringComparison.Ordinal) ? "0197f3a2-7c1e-7b3a-9d55-3f0c6f1f2a11" : field.Name.Replace('_', ' '),
    };

    private static string Key(FieldDescriptor map) => map.MessageType.FindFieldByNumber(1).FieldType switch
    {
        FieldType.String => "key",
        FieldType.Bool => "true",
        _ => "1",
    };
}
