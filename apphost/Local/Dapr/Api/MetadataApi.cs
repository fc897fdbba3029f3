using System.Collections.Concurrent;
using Ecosystem.AppHost.Local.Dapr.Delivery;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Api;

/// <summary><c>/v1.0/metadata</c>: what is loaded and who subscribes to what.</summary>
internal sealed class MetadataApi(IReadOnlyDictionary<string, PubSubComponent> components)
{
    /// <summary>The Dapr release whose HTTP API is spoken.</summary>
    private const string RuntimeVersion = "1.16.0";
    private readonly ConcurrentDictionary<(string AppId, string Key), string> _attributes = new();

    public IResult Get(AppLink link) => Results.Json(new
    {
        id = link.App.AppId,
        runtimeVersion = RuntimeVersion,
        enabledFeatures = Array.Empty<string>(),
        actors = Array.Empty<object>(),
        components = components.Values.Where(c => c.IsFor(link.App.AppId)).Select(c => new { name = c.Name, type = c.Type, version = c.Version, capabilities = Array.Empty<string>() }),
        extended = _attributes.Where(a => a.Key.AppId == link.App.AppId).Select(a => KeyValuePair.Create(a.Key.Key, a.Value))
            .Append(KeyValuePair.Create("daprRuntimeVersion", RuntimeVersion))
            .ToDictionary(),
        subscriptions = link.Subscriptions.Select(s => new
        {
            pubsubname = s.PubSub,
            topic = s.Topic,
            rules = s.Rules.Select(r => new { match = r.Match?.Text ?? "", path = r.Path }),
            deadLetterTopic = s.DeadLetterTopic ?? "",
            metadata = s.Metadata,
            type = s.Type,
        }),
        appConnectionProperties = new
        {
            port = link.App.Address.Port,
            protocol = "http",
            channelAddress = link.App.Address.Host,
            health = link.App.HealthPath is null ? null : new { healthCheckPath = link.App.HealthPath },
        },
    });

    public async Task<IResult> PutAsync(AppLink link, string key, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        _attributes[(link.App.AppId, key)] = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        return Results.NoContent();
    }
}
