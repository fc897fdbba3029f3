using System.Net;
using System.Text.Json;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>What an app's answer to a delivery means.</summary>
internal enum DeliveryOutcome
{
    /// <summary>Done with.</summary>
    Acknowledged,

    /// <summary>To be delivered again under the retry policy.</summary>
    Retry,

    /// <summary>The app does not want it: to the dead-letter topic if there is one, else gone.</summary>
    Drop,

    /// <summary>404: the app has no such path. Dapr logs it and counts it as done.</summary>
    NoSuchPath,

    /// <summary>Nobody listens; the delivery has not been attempted.</summary>
    NotRunning,

    /// <summary>The circuit breaker is open: no attempt, and none of the retries that are left.</summary>
    CircuitOpen,
}

/// <summary>Dapr's reading of the answer: https://docs.dapr.io/reference/api/pubsub_api/#expected-http-response.</summary>
internal static class DeliveryAnswer
{
    public static async Task<DeliveryOutcome> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return DeliveryOutcome.NoSuchPath;
        }

        return response.IsSuccessStatusCode ? Status(Member(await response.Content.ReadAsByteArrayAsync(ct), "status")) : DeliveryOutcome.Retry;
    }

    /// <summary>One outcome per entry in the order asked for; an entry without a status, or with an empty one, is repeated.</summary>
    public static async Task<IReadOnlyList<DeliveryOutcome>> ReadBulkAsync(HttpResponseMessage response, IReadOnlyList<string> entryIds, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return [.. entryIds.Select(_ => DeliveryOutcome.NoSuchPath)];
        }

        if (!response.IsSuccessStatusCode)
        {
            return [.. entryIds.Select(_ => DeliveryOutcome.Retry)];
        }

        var statuses = Statuses(await response.Content.ReadAsByteArrayAsync(ct));
        return [.. entryIds.Select(id => statuses.TryGetValue(id, out var status) && status.Length > 0 ? Status(status) : DeliveryOutcome.Retry)];
    }

    private static DeliveryOutcome Status(string? status) => status switch
    {
        null or "" or "SUCCESS" => DeliveryOutcome.Acknowledged,
        "DROP" => DeliveryOutcome.Drop,
        _ => DeliveryOutcome.Retry,
    };

    private static string? Member(byte[] body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var member)
                && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Statuses(byte[] body)
    {
        var statuses = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var status in document.RootElement.GetProperty("statuses").EnumerateArray())
            {
                statuses[status.GetProperty("entryId").GetString()!] = status.TryGetProperty("status", out var value) ? value.GetString() ?? "" : "";
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not understood: every entry is repeated.
            statuses.Clear();
        }

        return statuses;
    }
}
