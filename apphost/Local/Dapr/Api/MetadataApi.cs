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

    public IResult Get(AppInstance instance) => Results.Json(new
    {
        id = instance.App.AppId,
        runtimeVersion = RuntimeVersion,
        enabledFeatures = Array.Empty<string>(),
        actors = Array.Empty<object>(),
        components = components.Values.Where(c => c.IsFor(instance.App.AppId)).Select(c => new { name = c.Name, type = c.Type, version = c.Version, capabilities = Array.Empty<string>() }),
        extended = _attributes.Where(a => a.Key.AppId == instance.App.AppId).Select(a => KeyValuePair.Create(a.Key.Key, a.Value))
            .Append(KeyValuePair.Create("daprRuntimeVersion", RuntimeVersion))
            .ToDictionary(),
        subscriptions = instance.Subscriptions.Select(s => new
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
            port = instance.App.Address.Port,
            protocol = "http",
            channelAddress = instance.App.Address.Host,
            health = instance.App.HealthPath is null ? null : new { healthCheckPath = instance.App.HealthPath },
        },
    });

    public async Task<IResult> PutAsync(AppInstance instance, string key, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        _attributes[(instance.App.AppId, key)] = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        return Results.NoContent();
    }
}
