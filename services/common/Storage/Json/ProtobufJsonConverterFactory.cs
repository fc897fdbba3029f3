using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace Ecosystem.Storage;

/// <summary>Writes and reads protobuf members of a document as proto3 JSON.</summary>
/// <param name="unknown">Whether fields this release does not know are skipped or refused.</param>
internal sealed class ProtobufJsonConverterFactory(JsonUnmappedMemberHandling unknown) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeof(IMessage).IsAssignableFrom(typeToConvert) && typeToConvert.GetConstructor(Type.EmptyTypes) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), unknown)!;

    private sealed class Converter<TMessage>(JsonUnmappedMemberHandling unknown) : JsonConverter<TMessage>
        where TMessage : class, IMessage, new()
    {
        private readonly JsonParser _parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(unknown == JsonUnmappedMemberHandling.Skip));

        public override TMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var message = new TMessage();
            try
            {
                return (TMessage)_parser.Parse(json.RootElement.GetRawText(), message.Descriptor);
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
