using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Json;

/// <summary>
/// Writes proto3 JSON (protobuf.dev, "ProtoJSON Format"). Fields without presence are always written, so that a reader never has
/// to know what false, 0 and an empty list look like; fields with presence are written when set.
/// </summary>
internal sealed class JsonMessageWriter(Utf8JsonWriter json, JsonFormatter wellKnownFormatter)
{
    public void Write(IMessage message)
    {
        if (WellKnown.IsWellKnown(message.Descriptor))
        {
            WriteWellKnown(message);
            return;
        }

        json.WriteStartObject();
        foreach (var field in MessageFields.Of(message.Descriptor).InOrder)
        {
            if (field.Field.HasPresence && !field.Field.Accessor.HasValue(message))
            {
                continue;
            }

            json.WritePropertyName(field.Name);
            WriteField(field, field.Field.Accessor.GetValue(message));
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the value of one field, as a <c>response_body</c> asks for.</summary>
    public void Write(IMessage message, FieldDescriptor field)
    {
        if (field.HasPresence && !field.Accessor.HasValue(message))
        {
            json.WriteNullValue();
            return;
        }

        WriteField(new JsonField(field), field.Accessor.GetValue(message));
    }

    private void WriteField(JsonField field, object value)
    {
        if (field.Field.IsMap)
        {
            WriteMap(field.Field, (IDictionary)value);
        }
        else if (field.Field.IsRepeated)
        {
            json.WriteStartArray();
            foreach (var element in (IEnumerable)value)
            {
                WriteValue(field, element);
            }

            json.WriteEndArray();
        }
        else
        {
            WriteValue(field, value);
        }
    }

    private void WriteMap(FieldDescriptor field, IDictionary map)
    {
        var valueField = MessageFields.Of(field.MessageType).InOrder[1];
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName(entry.Key is bool flag ? (flag ? "true" : "false") : Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
            WriteValue(valueField, entry.Value!);
        }

        json.WriteEndObject();
    }

    private void WriteValue(JsonField field, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case uint number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float or double:
                json.WriteStringValue(Convert.ToDouble(value, CultureInfo.InvariantCulture) switch
                {
                    double.PositiveInfinity => "Infinity",
                    double.NegativeInfinity => "-Infinity",
                    _ => "NaN",
                });
                break;
            case ByteString bytes:
                json.WriteBase64StringValue(bytes.Span);
                break;
            case Enum:
                WriteEnum(field, (int)value);
                break;
            case IMessage message:
                Write(message);
                break;
            default:
                throw new InvalidOperationException($"{field.Field.FullName} has a value of type {value.GetType()}, which has no JSON form.");
        }
    }

    private void WriteEnum(JsonField field, int number)
    {
        if (field.Field.EnumType.FullName == WellKnown.NullValue)
        {
            json.WriteNullValue();
        }
        else if (field.TryGetEnumName(number, out var name))
        {
            json.WriteStringValue(name);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }

    private void WriteWellKnown(IMessage message) => json.WriteRawValue(wellKnownFormatter.Format(message), skipInputValidation: true);
}
