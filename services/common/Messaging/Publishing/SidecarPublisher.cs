using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ecosystem.Messaging;

/// <summary>Publishes over the HTTP API of the Dapr sidecar. Outcomes are per event: a refusal of one says nothing about another.</summary>
internal sealed class SidecarPublisher(MessagingOptions options, HttpClient http)
{
    /// <summary>The longest a request may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Sends one event; returns null when the broker has it, else why it has not.</summary>
    /// <exception cref="SidecarUnavailableException">The sidecar does not answer.</exception>
    public async Task<string?> PublishAsync(string topic, CloudEvent @event, CancellationToken ct)
    {
        using var response = await PostAsync($"v1.0/publish/{Path(topic)}", CloudEvent.MediaType, @event.WriteTo, ct);
        return response.IsSuccessStatusCode ? null : await ReasonAsync(response, ct);
    }

    /// <summary>
    /// Sends several events of one topic in one request; returns why those that failed did, by their place in the list, or null when the
    /// request was refused as a whole. The sidecar may forward them in any order.
    /// </summary>
    /// <exception cref="SidecarUnavailableException">The sidecar does not answer.</exception>
    public async Task<IReadOnlyDictionary<int, string>?> PublishAsync(string topic, IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        using var response = await PostAsync($"v1.0-alpha1/publish/bulk/{Path(topic)}", "application/json", writer => WriteBulk(writer, events), ct);
        if (response.IsSuccessStatusCode)
            return new Dictionary<int, string>();
        return response.StatusCode == HttpStatusCode.InternalServerError && await FailedEntriesAsync(response, ct) is { Count: > 0 } failed
            && failed.Keys.All(place => place >= 0 && place < events.Count)
            ? failed
            : null;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string mediaType, Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        var body = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body))
            write(writer);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Sidecar, path));
        request.Content = new ReadOnlyMemoryContent(body.WrittenMemory);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (options.SidecarToken is { } token)
            request.Headers.Add("dapr-api-token", token);

        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new SidecarUnavailableException($"The sidecar at {options.Sidecar} does not answer: {unreachable.Message}", unreachable);
        }
    }

    private static void WriteBulk(Utf8JsonWriter writer, IReadOnlyList<CloudEvent> events)
    {
        writer.WriteStartArray();
        for (var i = 0; i < events.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("entryId", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WritePropertyName("event");
            events[i].WriteTo(writer);
            writer.WriteString("contentType", CloudEvent.MediaType);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static async Task<Dictionary<int, string>?> FailedEntriesAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var report = JsonSerializer.Deserialize<BulkReport>(await response.Content.ReadAsStringAsync(ct), JsonSerializerOptions.Web);
            return report?.FailedEntries?.ToDictionary(
                entry => int.Parse(entry.EntryId, System.Globalization.CultureInfo.InvariantCulture), entry => entry.Error ?? "no reason given");
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return null; // not the report of a bulk request
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        return $"HTTP {(int)response.StatusCode} {text[..Math.Min(text.Length, 300)]}".TrimEnd();
    }

    private string Path(string topic) => $"{Uri.EscapeDataString(options.PubSub)}/{Uri.EscapeDataString(topic)}";

    private sealed record BulkReport(List<FailedEntry>? FailedEntries);

    private sealed record FailedEntry(string EntryId, string? Error);
}
