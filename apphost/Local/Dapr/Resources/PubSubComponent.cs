using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Delivery;

namespace Ecosystem.AppHost.Local.Dapr.Resources;

/// <summary>A loaded pub/sub component: who may use it, for which topics, and how often deliveries are repeated.</summary>
internal sealed class PubSubComponent(ComponentResource resource, IMessageBroker broker, RetryPolicy inbound, bool isParallel)
{
    private readonly HashSet<string> _allowedTopics = Names(resource.Value("allowedTopics"));
    private readonly HashSet<string> _protectedTopics = Names(resource.Value("protectedTopics"));
    private readonly Dictionary<string, HashSet<string>> _publishing = Scopes(resource.Value("publishingScopes"));
    private readonly Dictionary<string, HashSet<string>> _subscribing = Scopes(resource.Value("subscriptionScopes"));

    public string Name => resource.Metadata.Name;

    public string Type => resource.Spec.Type;

    public string Version => resource.Spec.Version;

    public IMessageBroker Broker => broker;

    public RetryPolicy Inbound => inbound;

    /// <summary>Whether messages about different subjects are delivered at the same time.</summary>
    public bool IsParallel => isParallel;

    public bool IsFor(string appId) => resource.IsFor(appId);

    public bool MayPublish(string appId, string topic) => IsAllowed(_publishing, appId, topic);

    public bool MaySubscribe(string appId, string topic) => IsAllowed(_subscribing, appId, topic);

    private bool IsAllowed(Dictionary<string, HashSet<string>> scopes, string appId, string topic)
    {
        if (_allowedTopics.Count > 0 && !_allowedTopics.Contains(topic))
        {
            return false;
        }

        // An app that is listed may use its topics only; one that is not listed may use all that are not protected.
        return scopes.TryGetValue(appId, out var topics) ? topics.Contains(topic) : !_protectedTopics.Contains(topic);
    }

    private static HashSet<string> Names(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static Dictionary<string, HashSet<string>> Scopes(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(scope => scope.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(scope => scope[0], scope => Names(scope.ElementAtOrDefault(1)));
}
