using System.Collections;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Json;

/// <summary>
/// Reads proto3 JSON strictly (protobuf.dev, "ProtoJSON Format"): a member that is unknown or of the wrong type is a violation
/// with its path, and reading goes on, so that a caller sees everything at once.
/// </summary>
internal sealed class JsonMessageReader(ReadOnlyMemory<byte> json, JsonParser wellKnownParser, Violations violations)
{
    /// <summary>Deeper nesting is refused; no contract comes near it.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads the whole text into a message.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public void ReadInto(IMessage target)
    {
        var reader = Begin();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            violations.Add("must be an object.");
            reader.Skip();
        }
        else
        {
            ReadMembers(ref reader, target);
        }

        End(ref reader);
    }

    /// <summary>Reads the whole text into one field of a message.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public void ReadInto(IMessage target, FieldDescriptor field)
    {
        var reader = Begin();
        violations.Enter(field.Name);
        ReadField(ref reader, target, field);
        violations.Leave();
        End(ref reader);
    }

    private Utf8JsonReader Begin()
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return reader;
    }

    private static void End(ref Utf8JsonReader reader)
    {
        // A second value after the first makes this throw.
        while (reader.Read())
        {
        }
    }

    private void ReadMembers(ref Utf8JsonReader reader, IMessage target)
    {
        var fields = MessageFields.Of(target.Descriptor);
        var hint = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = fields.Find(ref reader, ref hint);
            violations.Enter(found is null ? NameOf(ref reader) : found.Field.JsonName);
            reader.Read();
            if (found is null)
            {
                violations.Add("is not a known field.");
                reader.Skip();
            }
            else
            {
                ReadField(ref reader, target, found.Field);
            }

            violations.Leave();
        }
    }

    private void ReadField(ref Utf8JsonReader reader, IMessage target, FieldDescriptor field)
    {
        if (reader.TokenType == JsonTokenType.Null && !AcceptsNull(field))
        {
            return;
        }

        if (field.IsMap)
        {
            ReadMap(ref reader, (IDictionary)field.Accessor.GetValue(target), field);
        }
        else if (field.IsRepeated)
        {
            ReadList(ref reader, (IList)field.Accessor.GetValue(target), field);
        }
        else if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(target) is { } other)
        {
            violations.Add(other == field ? "is given twice." : $"cannot be given together with {other.JsonName}.");
            reader.Skip();
        }
        else if (ReadValue(ref reader, field) is { } value)
        {
            field.Accessor.SetValue(target, value);
        }
    }

    private void ReadList(ref Utf8JsonReader reader, IList list, FieldDescriptor field)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            violations.Add("must be an array.");
            reader.Skip();
            return;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            violations.Enter(i);
            if (ReadElement(ref reader, field) is { } value)
            {
                list.Add(value);
            }

            violations.Leave();
        }
    }

    private void ReadMap(ref Utf8JsonReader reader, IDictionary map, FieldDescriptor field)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            violations.Add("must be an object.");
            reader.Skip();
            return;
        }

        var keyField = field.MessageType.FindFieldByNumber(1);
        var valueField = field.MessageType.FindFieldByNumber(2);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader);
            violations.Enter(name);
            reader.Read();
            var key = TextValues.Parse(keyField, name, out var problem);
            if (key is null)
            {
                violations.Add($"as a key {problem}");
                reader.Skip();
            }
            else if (ReadElement(ref reader, valueField) is { } value)
            {
                map[key] = value;
            }

            violations.Leave();
        }
    }

    private object? ReadElement(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        if (reader.TokenType != JsonTokenType.Null || AcceptsNull(field))
        {
            return ReadValue(ref reader, field);
        }

        violations.Add("must not be null.");
        return null;
    }

    /// <summary>The value, or null after a violation was noted. Leaves the reader at the last token of the value.</summary>
    private object? ReadValue(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Message)
        {
            return ReadMessage(ref reader, field);
        }

        object? value = null;
        var problem = "";
        switch (reader.TokenType)
        {
            case JsonTokenType.String when field.FieldType != FieldType.Bool:
                value = TryGetString(ref reader, out var text) ? TextValues.Parse(field, text, out problem) : null;
                break;
            case JsonTokenType.Number when field.FieldType is not (FieldType.String or FieldType.Bytes or FieldType.Bool):
                value = TextValues.Parse(field, Encoding.ASCII.GetString(reader.ValueSpan), out problem);
                break;
            case JsonTokenType.True or JsonTokenType.False when field.FieldType == FieldType.Bool:
                value = reader.TokenType == JsonTokenType.True;
                break;
            case JsonTokenType.Null when field.FieldType == FieldType.Enum:
                value = 0;
                break;
            default:
                reader.Skip();
                break;
        }

        if (value is null)
        {
            violations.Add(problem.Length > 0 ? problem : TextValues.Expected(field));
        }

        return value;
    }

    private object? ReadMessage(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        var type = field.MessageType;
        if (WellKnown.IsWrapper(type))
        {
            return ReadValue(ref reader, type.FindFieldByNumber(1));
        }

        if (WellKnown.IsWellKnown(type))
        {
            return ReadWellKnown(ref reader, field);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            violations.Add(TextValues.Expected(field));
            reader.Skip();
            return null;
        }

        var message = WellKnown.Create(type);
        ReadMembers(ref reader, message);
        return message;
    }

    private IMessage? ReadWellKnown(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var text = Encoding.UTF8.GetString(json.Span[start..(int)reader.BytesConsumed]);
        try
        {
            return wellKnownParser.Parse(text, field.MessageType);
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidOperationException)
        {
            // The library's sentence helps only where the form is free.
            violations.Add(field.MessageType.FullName == WellKnown.Any ? wrong.Message : TextValues.Expected(field));
            return null;
        }
    }

    private static bool AcceptsNull(FieldDescriptor field) =>
        (field.FieldType == FieldType.Message && field.MessageType.FullName == WellKnown.Value)
        || (field.FieldType == FieldType.Enum && field.EnumType.FullName == WellKnown.NullValue);

    private static string NameOf(ref Utf8JsonReader reader) => TryGetString(ref reader, out var name) ? name : "\uFFFD";

    /// <summary>Text that is not valid Unicode (a lone surrogate) makes the reader throw.</summary>
    private static bool TryGetString(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
