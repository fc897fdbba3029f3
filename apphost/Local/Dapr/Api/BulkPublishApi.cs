using System.Text;
using System.Text.Json;
using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Api;

/// <summary><c>POST /v1.0-alpha1/publish/bulk/{pubsub}/{topic}</c>: 204 when all are safe, else which are not and why.</summary>
internal sealed class BulkPublishApi(PublishApi single, IReadOnlyDictionary<string, PubSubComponent> components)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<IResult> PublishAsync(string appId, string pubSub, string topic, HttpRequest request, CancellationToken ct)
    {
        if (single.Refusal(appId, pubSub, topic) is { } refusal)
        {
            return refusal;
        }

        List<Entry> entries;
        try
        {
            entries = await JsonSerializer.DeserializeAsync<List<Entry>>(request.Body, Json, ct) ?? [];
        }
        catch (JsonException e)
        {
            return DaprError.NotReadable(topic, pubSub, e.Message);
        }

        if (Problem(entries) is { } problem)
        {
            return DaprError.NotReadable(topic, pubSub, problem);
        }

        var failed = new List<FailedEntry>();
        var messages = new List<NewMessage>();
        foreach (var entry in entries)
        {
            try
            {
                messages.Add(Message(appId, pubSub, topic, entry, PublishApi.Metadata(request)));
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                failed.Add(new FailedEntry(entry.EntryId, e.Message));
            }
        }

        try
        {
            await components[pubSub].Broker.PublishAsync(topic, messages, ct);
        }
        catch (BrokerException e)
        {
            failed = [.. entries.Select(entry => new FailedEntry(entry.EntryId, e.Message))];
        }

        return failed.Count == 0
            ? Results.NoContent()
            : Results.Json(new { failedEntries = failed, errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE" }, statusCode: StatusCodes.Status500InternalServerError);
    }

    private NewMessage Message(string appId, string pubSub, string topic, Entry entry, Dictionary<string, string> metadata)
    {
        foreach (var (name, value) in entry.Metadata ?? [])
        {
            metadata[name] = value;
        }

        var contentType = entry.ContentType ?? "text/plain";
        return single.Message(single.Describe(appId, pubSub, topic, contentType, Body(entry.Event, contentType), metadata));
    }

    /// <summary>JSON travels as JSON, bytes as base64 text, other text as a JSON string.</summary>
    private static byte[] Body(JsonElement @event, string contentType)
    {
        var isText = @event.ValueKind == JsonValueKind.String;
        return contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) && isText ? @event.GetBytesFromBase64()
            : isText && !contentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetBytes(@event.GetString()!)
            : Encoding.UTF8.GetBytes(@event.GetRawText());
    }

    private static string? Problem(List<Entry> entries) =>
        entries.Exists(e => string.IsNullOrEmpty(e.EntryId)) ? "every entry needs an entryId."
        : entries.Exists(e => e.Event.ValueKind == JsonValueKind.Undefined) ? "every entry needs an event."
        : entries.GroupBy(e => e.EntryId, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice ? $"the entryId '{twice.Key}' occurs twice."
        : null;

    private sealed record Entry(string EntryId, JsonElement Event, string? ContentType, Dictionary<string, string>? Metadata);

    private sealed record FailedEntry(string EntryId, string Error);
}
