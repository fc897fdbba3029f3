using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace Ecosystem.Storage;

/// <summary>Writes and reads protobuf members of a document as proto3 JSON; fields this release does not know are skipped, not refused.</summary>
internal sealed class ProtobufJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeof(IMessage).IsAssignableFrom(typeToConvert) && typeToConvert.GetConstructor(Type.EmptyTypes) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<TMessage> : JsonConverter<TMessage>
        where TMessage : class, IMessage, new()
    {
        private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

        public override TMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var message = new TMessage();
            try
            {
                return (TMessage)Parser.Parse(json.RootElement.GetRawText(), message.Descriptor);
            }
            catch (InvalidProtocolBufferException refusal)
            {
                throw new JsonException($"Not a {message.Descriptor.FullName} in proto3 JSON: {refusal.Message}", refusal);
            }
        }

        public override void Write(Utf8JsonWriter writer, TMessage value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonFormatter.Default.Format(value), skipInputValidation: true);
    }
}
