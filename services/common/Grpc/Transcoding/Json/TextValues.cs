using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Json;

/// <summary>Values written as text: in paths, queries, keys of maps, and as JSON strings.</summary>
internal static class TextValues
{
    /// <summary>Whether text can fill a field, once or repeatedly.</summary>
    public static bool CanFill(FieldDescriptor field) =>
        !field.IsMap && (field.FieldType is not (FieldType.Message or FieldType.Group) || WellKnown.IsTextual(field.MessageType));

    /// <summary>The value for one occurrence of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>Null when something is wrong.</returns>
    public static object? Parse(FieldDescriptor field, string text, out string problem)
    {
        problem = "";
        object? value = field.FieldType switch
        {
            FieldType.String => text,
            FieldType.Bool => text switch { "true" => true, "false" => false, _ => null },
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Integer(text, int.MinValue, int.MaxValue) is { } i ? (int)i : null,
            FieldType.UInt32 or FieldType.Fixed32 => Integer(text, uint.MinValue, uint.MaxValue) is { } u ? (uint)u : null,
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Integer(text, long.MinValue, long.MaxValue) is { } l ? (long)l : null,
            FieldType.UInt64 or FieldType.Fixed64 => Integer(text, ulong.MinValue, ulong.MaxValue) is { } ul ? (ulong)ul : null,
            FieldType.Double => Float(text),
            FieldType.Float => Float(text) is { } d && !(double.IsFinite(d) && !float.IsFinite((float)d)) ? (float)d : null,
            FieldType.Bytes => Bytes(text),
            FieldType.Enum => EnumNumber(field.EnumType, text),
            FieldType.Message when WellKnown.IsWrapper(field.MessageType) => Parse(field.MessageType.Fields[1], text, out problem),
            FieldType.Message when WellKnown.IsTextual(field.MessageType) => Message(field.MessageType, text),
            _ => null,
        };
        if (value is null && problem.Length == 0)
        {
            problem = Expected(field);
        }

        return value;
    }

    /// <summary>What a field wants, in a sentence.</summary>
    public static string Expected(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => "must be a text.",
        FieldType.Bool => "must be true or false.",
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => "must be a whole number of 32 bits.",
        FieldType.UInt32 or FieldType.Fixed32 => "must be a whole number of 32 bits that is not negative.",
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => "must be a whole number of 64 bits, as a number or a text.",
        FieldType.UInt64 or FieldType.Fixed64 => "must be a whole number of 64 bits that is not negative, as a number or a text.",
        FieldType.Double or FieldType.Float => "must be a number.",
        FieldType.Bytes => "must be base64.",
        FieldType.Enum => $"must be one of {string.Join(", ", field.EnumType.Values.Take(20).Select(v => v.Name))}.",
        FieldType.Message when WellKnown.IsWrapper(field.MessageType) => Expected(field.MessageType.Fields[1]),
        FieldType.Message => field.MessageType.FullName switch
        {
            "google.protobuf.Timestamp" => "must be a point in time such as 2026-01-31T12:00:00Z.",
            "google.protobuf.Duration" => "must be a duration in seconds such as 90s or 1.5s.",
            "google.protobuf.FieldMask" => "must be field names with commas between them.",
            "google.protobuf.ListValue" => "must be an array.",
            _ => "must be an object.",
        },
        _ => "cannot be read.",
    };

    /// <summary>The number of an enum value given by name or number.</summary>
    public static object? EnumNumber(EnumDescriptor type, string text) =>
        type.FindValueByName(text) is { } named ? named.Number
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    public static double? Float(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var d)
            && double.IsFinite(d) ? d : null,
    };

    /// <summary>A whole number, also written as 1e3 or 5.0, within bounds.</summary>
    public static decimal? Integer(string text, decimal least, decimal most) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var d)
        && d >= least && d <= most && decimal.Truncate(d) == d ? d : null;

    /// <summary>Bytes from base64 of either alphabet, padded or not.</summary>
    public static ByteString? Bytes(string text)
    {
        var standard = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[(standard.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out var written)
            ? ByteString.CopyFrom(bytes, 0, written)
            : null;
    }

    private static IMessage? Message(MessageDescriptor type, string text)
    {
        try
        {
            return JsonParser.Default.Parse(JsonSerializer.Serialize(text), type);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
