using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>An event on the wire: CloudEvents 1.0, JSON event format, structured mode.</summary>
internal sealed record CloudEvent
{
    public const string MediaType = "application/cloudevents+json";

    public required EventKey Key { get; init; }

    public required string Type { get; init; }

    public string Subject { get; init; } = "";

    public DateTimeOffset? Time { get; init; }

    /// <summary>proto3 JSON.</summary>
    public required string Data { get; init; }

    /// <summary>W3C trace context, CloudEvents extension "distributed tracing".</summary>
    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", Key.Id);
        writer.WriteString("source", Key.Source);
        writer.WriteString("type", Type);
        if (Subject.Length > 0)
            writer.WriteString("subject", Subject);
        if (Time is { } time)
            writer.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("datacontenttype", "application/json");
        if (TraceParent is not null)
            writer.WriteString("traceparent", TraceParent);
        if (TraceState is { Length: > 0 })
            writer.WriteString("tracestate", TraceState);
        writer.WritePropertyName("data");
        writer.WriteRawValue(Data, skipInputValidation: true); // written by a formatter, or read by a parser
        writer.WriteEndObject();
    }

    /// <exception cref="EnvelopeException">What arrived is no event; the message says why.</exception>
    public static CloudEvent Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new EnvelopeException("it is no JSON object");
        if (Text(json, "specversion") is var version and not "1.0")
            throw new EnvelopeException($"specversion is '{version}', known is 1.0");

        return new CloudEvent
        {
            Key = new EventKey(Required(json, "source"), Required(json, "id")),
            Type = Required(json, "type"),
            Subject = Text(json, "subject") ?? "",
            Time = Moment(json),
            TraceParent = Text(json, "traceparent"),
            TraceState = Text(json, "tracestate"),
            Data = DataOf(json),
        };
    }

    private static string DataOf(JsonElement json)
    {
        if (json.TryGetProperty("data", out var data) && data.ValueKind != JsonValueKind.Null)
            return data.ValueKind == JsonValueKind.Object ? data.GetRawText() : throw new EnvelopeException("data is no JSON object");
        if (Text(json, "data_base64") is not { } encoded)
            throw new EnvelopeException("it has no data");

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException malformed)
        {
            throw new EnvelopeException("data_base64 is not base64", malformed);
        }
    }

    private static DateTimeOffset? Moment(JsonElement json) => Text(json, "time") is not { } text
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new EnvelopeException("time is no RFC 3339 timestamp");

    private static string Required(JsonElement json, string attribute) =>
        Text(json, attribute) is { Length: > 0 } text ? text : throw new EnvelopeException($"it has no {attribute}");

    private static string? Text(JsonElement json, string attribute) => !json.TryGetProperty(attribute, out var value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => throw new EnvelopeException($"{attribute} is no text"),
        };
}
