using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.AppHost.Local.Dapr.Events;

/// <summary>Wraps what apps publish into CloudEvents 1.0 (structured JSON) with Dapr's extension attributes.</summary>
internal static class CloudEvents
{
    public const string MediaType = "application/cloudevents+json";
    public const string DefaultType = "com.dapr.event.sent";
    public const string DeadLetterSource = "Dapr";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The envelope of a publication. An own envelope is kept and completed.</summary>
    /// <exception cref="JsonException">The content type says CloudEvent and the body is none.</exception>
    public static JsonObject Wrap(Publication publication, TimeProvider time)
    {
        var mediaType = MediaTypeHeaderValue.TryParse(publication.ContentType, out var parsed) ? parsed.MediaType! : publication.ContentType;
        var envelope = mediaType == MediaType ? Own(publication.Body) : New(publication, mediaType, time);
        foreach (var (name, value) in publication.Overrides)
        {
            envelope[name] = value;
        }

        var trace = publication.TraceParent ?? envelope["traceparent"]?.GetValue<string>() ?? NewTrace();
        envelope["topic"] = publication.Topic;
        envelope["pubsubname"] = publication.PubSub;
        envelope["traceparent"] = trace;
        envelope["traceid"] = trace;
        envelope["tracestate"] = publication.TraceState ?? envelope["tracestate"]?.GetValue<string>() ?? "";
        if (publication.Expires is { } expires)
        {
            envelope["expiration"] = expires.ToString("O", CultureInfo.InvariantCulture);
        }

        return envelope;
    }

    /// <summary>A message that was published raw, as an app receives it that subscribes raw: its bytes in base64.</summary>
    public static JsonObject WrapRaw(ReadOnlySpan<byte> payload, string topic, string pubSub) => new()
    {
        ["id"] = NewId(),
        ["specversion"] = "1.0",
        ["source"] = DeadLetterSource,
        ["type"] = DefaultType,
        ["datacontenttype"] = "application/octet-stream",
        ["topic"] = topic,
        ["pubsubname"] = pubSub,
        ["data_base64"] = Convert.ToBase64String(payload),
    };

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Json);

    public static JsonObject? TryRead(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Own(ReadOnlyMemory<byte> body) =>
        JsonNode.Parse(body.Span) as JsonObject ?? throw new JsonException("A CloudEvent is a JSON object.");

    private static JsonObject New(Publication publication, string mediaType, TimeProvider time)
    {
        var envelope = new JsonObject
        {
            ["id"] = NewId(),
            ["specversion"] = "1.0",
            ["source"] = publication.AppId,
            ["type"] = DefaultType,
            ["datacontenttype"] = publication.ContentType,
            ["time"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (mediaType is "application/octet-stream")
        {
            envelope["data_base64"] = Convert.ToBase64String(publication.Body.Span);
        }
        else
        {
            envelope["data"] = IsJson(mediaType) ? DataOf(publication.Body.Span) : Encoding.UTF8.GetString(publication.Body.Span);
        }

        return envelope;
    }

    private static bool IsJson(string mediaType) => mediaType is "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>As in Dapr, data that claims to be JSON and is not is passed on as text.</summary>
    private static JsonNode? DataOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    private static string NewId() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    private static string NewTrace() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
}

/// <summary>One message as an app published it.</summary>
internal sealed record Publication(string AppId, string PubSub, string Topic, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Envelope attributes given as <c>metadata.cloudevent.*</c>.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>All that was given as <c>metadata.*</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public bool Raw { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }
}
