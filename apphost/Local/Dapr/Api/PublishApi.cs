using System.Globalization;
using System.Text.Json;
using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Events;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Api;

/// <summary><c>POST /v1.0/publish/{pubsub}/{topic}</c>: 204 once the message is safe.</summary>
internal sealed class PublishApi(IReadOnlyDictionary<string, PubSubComponent> components, TimeProvider time)
{
    private const string CloudEventPrefix = "cloudevent.";

    public async Task<IResult> PublishAsync(string appId, string pubSub, string topic, HttpRequest request, CancellationToken ct)
    {
        if (Refusal(appId, pubSub, topic) is { } refusal)
        {
            return refusal;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        try
        {
            var publication = Describe(appId, pubSub, topic, request.ContentType, body.ToArray(), Metadata(request)) with
            {
                TraceParent = Header(request, "traceparent"),
                TraceState = Header(request, "tracestate"),
            };
            await components[pubSub].Broker.PublishAsync(topic, [Message(publication)], ct);
            return Results.NoContent();
        }
        catch (FormatException e)
        {
            return new DaprError("ERR_PUBSUB_REQUEST_METADATA", $"failed deserializing metadata: {e.Message}").As(StatusCodes.Status400BadRequest);
        }
        catch (JsonException e)
        {
            return DaprError.NoCloudEvent(e.Message);
        }
        catch (BrokerException e)
        {
            return DaprError.NotPublished(topic, pubSub, e.Message);
        }
    }

    /// <summary>Why this app may not publish there; null when it may.</summary>
    public IResult? Refusal(string appId, string pubSub, string topic) =>
        !components.TryGetValue(pubSub, out var component) || !component.IsFor(appId) ? DaprError.PubSubNotFound(pubSub)
        : component.MayPublish(appId, topic) ? null
        : DaprError.Forbidden(topic, appId);

    /// <exception cref="FormatException">A metadata value is not what it has to be.</exception>
    public Publication Describe(string appId, string pubSub, string topic, string? contentType, byte[] body, IReadOnlyDictionary<string, string> metadata) =>
        new(appId, pubSub, topic, string.IsNullOrEmpty(contentType) ? "text/plain" : contentType, body)
        {
            Raw = metadata.GetValueOrDefault("rawPayload") is "true" or "True" or "1",
            Expires = metadata.GetValueOrDefault("ttlInSeconds") is { } ttl ? time.GetUtcNow().AddSeconds(Seconds(ttl)) : null,
            Metadata = metadata,
            Overrides = metadata
                .Where(m => m.Key.StartsWith(CloudEventPrefix, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(m => m.Key[CloudEventPrefix.Length..].ToLowerInvariant(), m => m.Value),
        };

    public NewMessage Message(Publication publication) =>
        new(publication.Raw ? publication.Body : CloudEvents.Bytes(CloudEvents.Wrap(publication, time)))
        {
            Expires = publication.Expires,
            Metadata = publication.Metadata,
        };

    /// <summary>The query's <c>metadata.name=value</c> pairs, by name.</summary>
    public static Dictionary<string, string> Metadata(HttpRequest request)
    {
        const string prefix = "metadata.";
        return request.Query
            .Where(q => q.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(q => q.Key[prefix.Length..], q => q.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    private static int Seconds(string ttl) => int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
        ? seconds
        : throw new FormatException($"ttlInSeconds is a whole number above 0, not '{ttl}'.");

    private static string? Header(HttpRequest request, string name) => request.Headers[name] is { Count: > 0 } values ? values[0] : null;
}
