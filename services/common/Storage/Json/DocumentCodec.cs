using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ecosystem.Storage;

/// <summary>Turns documents into stored bodies and back: upgrades old versions, refuses newer ones, keeps unknown members.</summary>
internal static class DocumentCodec
{
    private static readonly JsonSerializerOptions Options = Reading(JsonUnmappedMemberHandling.Skip);

    private static readonly JsonSerializerOptions Whole = Reading(JsonUnmappedMemberHandling.Disallow);

    public static object Decode(DocumentType type, StoredDocument stored) => Decode(type, stored, Options);

    /// <summary>
    /// Reads a document and says whether this release knows all its members. To find that out while reading costs nothing where nothing is
    /// unknown, which is nearly always; <see cref="Encode"/> would have to read and write it once more.
    /// </summary>
    public static (object Document, bool IsWhole) DecodeToChange(DocumentType type, StoredDocument stored)
    {
        try
        {
            return (Decode(type, stored, Whole), true);
        }
        catch (JsonException)
        {
            return (Decode(type, stored, Options), false); // another release's, or broken, which this says
        }
    }

    private static JsonSerializerOptions Reading(JsonUnmappedMemberHandling unknown) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the body is never put into a page; umlauts stay readable
        UnmappedMemberHandling = unknown,
        Converters = { new ProtobufJsonConverterFactory(unknown), new JsonStringEnumConverter() },
    };

    private static object Decode(DocumentType type, StoredDocument stored, JsonSerializerOptions options)
    {
        if (stored.Version > type.Version)
            throw new DocumentVersionException(type.Name, stored.Id, stored.Version, type.Version);

        var document = stored.Version == type.Version
            ? JsonSerializer.Deserialize(stored.Body, type.ClrType, options)
            : Upgraded(type, stored).Deserialize(type.ClrType, options);
        return document ?? throw new JsonException($"Document '{stored.Id}' of '{type.Name}' is null.");
    }

    /// <param name="type">The kind of document.</param>
    /// <param name="document">What to write.</param>
    /// <param name="replaced">What was loaded, whose unknown members are kept; null when it has none.</param>
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
