using System.Text.Json;

namespace Ecosystem.Messaging;

/// <summary>One entry of a bulk delivery: an event, or why it is none.</summary>
internal sealed record BulkEntry(string EntryId, CloudEvent? Event, string? Reason);

/// <summary>
/// What the sidecar sends to a subscription with <c>bulkSubscribe</c>: several events, and it wants to know the outcome of each.
/// https://docs.dapr.io/developing-applications/building-blocks/pubsub/pubsub-bulk/
/// </summary>
internal static class BulkEnvelope
{
    public static bool IsBulk(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array
        && !body.TryGetProperty("specversion", out _);

    public static IReadOnlyList<BulkEntry> Read(JsonElement body) => [.. body.GetProperty("entries").EnumerateArray().Select(Entry)];

    private static BulkEntry Entry(JsonElement entry)
    {
        var id = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("entryId", out var named) && named.ValueKind == JsonValueKind.String
            ? named.GetString()!
            : "";
        try
        {
            return new BulkEntry(id, CloudEvent.Read(entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("event", out var @event) ? @event : default), null);
        }
        catch (EnvelopeException invalid)
        {
            return new BulkEntry(id, null, invalid.Message);
        }
    }
}
