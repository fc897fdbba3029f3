using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ecosystem.Storage;

/// <summary>Turns documents into stored bodies and back: upgrades old versions, refuses newer ones, keeps unknown members.</summary>
internal static class DocumentCodec
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the body is never put into a page; umlauts stay readable
        Converters = { new ProtobufJsonConverterFactory(), new JsonStringEnumConverter() },
    };

    public static object Decode(DocumentType type, StoredDocument stored)
    {
        if (stored.Version > type.Version)
            throw new DocumentVersionException(type.Name, stored.Id, stored.Version, type.Version);

        var document = stored.Version == type.Version
            ? JsonSerializer.Deserialize(stored.Body, type.ClrType, Options)
            : Upgraded(type, stored).Deserialize(type.ClrType, Options);
        return document ?? throw new JsonException($"Document '{stored.Id}' of '{type.Name}' is null.");
    }

    /// <param name="type">The kind of document.</param>
    /// <param name="document">What to write.</param>
    /// <param name="replaced">What was loaded, whose unknown members are kept.</param>
    public static string Encode(DocumentType type, object document, StoredDocument? replaced)
    {
        var body = JsonSerializer.Serialize(document, type.ClrType, Options);
        if (replaced is null)
            return body;

        var known = JsonSerializer.Serialize(Decode(type, replaced), type.ClrType, Options);
        if (known == replaced.Body)
            return body;

        var target = JsonNode.Parse(body);
        UnknownMembers.Carry(Upgraded(type, replaced), JsonNode.Parse(known), target);
        return target!.ToJsonString(Options);
    }

    private static JsonObject Upgraded(DocumentType type, StoredDocument stored)
    {
        var body = JsonNode.Parse(stored.Body)!.AsObject();
        type.Upgrade(body, stored.Version);
        return body;
    }
}
