namespace Ecosystem.AppHost.Local.Dapr.Resources;

// The documents of Dapr's YAML, as its schema names them: https://docs.dapr.io/reference/resource-specs/

internal class ResourceHeader
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public ResourceMetadata Metadata { get; set; } = new();

    /// <summary>The app-ids that may use the resource; empty means all.</summary>
    public List<string> Scopes { get; set; } = [];

    public bool IsFor(string appId) => Scopes.Count == 0 || Scopes.Contains(appId, StringComparer.Ordinal);
}

internal sealed class ResourceMetadata
{
    public string Name { get; set; } = "";
}

internal sealed class ComponentResource : ResourceHeader
{
    public ComponentSpec Spec { get; set; } = new();

    public string? Value(string name) =>
        Spec.Metadata.Find(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
}

internal sealed class ComponentSpec
{
    public string Type { get; set; } = "";

    public string Version { get; set; } = "v1";

    public List<ComponentEntry> Metadata { get; set; } = [];
}

internal sealed class ComponentEntry
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";
}

internal sealed class SubscriptionResource : ResourceHeader
{
    public SubscriptionSpec Spec { get; set; } = new();
}

internal sealed class SubscriptionSpec
{
    public string Pubsubname { get; set; } = "";

    public string Topic { get; set; } = "";

    /// <summary>The single path of the v1alpha1 form.</summary>
    public string? Route { get; set; }

    public RoutesSpec? Routes { get; set; }

    public string? DeadLetterTopic { get; set; }

    public BulkSubscribeSpec? BulkSubscribe { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}

internal sealed class RoutesSpec
{
    public List<RuleSpec>? Rules { get; set; }

    public string? Default { get; set; }
}

internal sealed class RuleSpec
{
    public string? Match { get; set; }

    public string Path { get; set; } = "";
}

internal sealed class BulkSubscribeSpec
{
    public bool Enabled { get; set; }

    public int? MaxMessagesCount { get; set; }

    public int? MaxAwaitDurationMs { get; set; }
}

internal sealed class ResiliencyResource : ResourceHeader
{
    public ResiliencySpec Spec { get; set; } = new();
}

internal sealed class ResiliencySpec
{
    public PoliciesSpec Policies { get; set; } = new();

    public TargetsSpec Targets { get; set; } = new();
}

internal sealed class PoliciesSpec
{
    public Dictionary<string, RetrySpec> Retries { get; set; } = [];

    public Dictionary<string, string> Timeouts { get; set; } = [];

    public Dictionary<string, CircuitBreakerSpec> CircuitBreakers { get; set; } = [];
}

internal sealed class CircuitBreakerSpec
{
    public int MaxRequests { get; set; } = 1;

    public string? Interval { get; set; }

    public string? Timeout { get; set; }

    public string? Trip { get; set; }
}

internal sealed class RetrySpec
{
    public string Policy { get; set; } = "constant";

    public string? Duration { get; set; }

    public string? MaxInterval { get; set; }

    public int MaxRetries { get; set; } = -1;
}

internal sealed class TargetsSpec
{
    public Dictionary<string, ComponentTargetSpec> Components { get; set; } = [];
}

internal sealed class ComponentTargetSpec
{
    public PolicyNamesSpec? Inbound { get; set; }
}

internal sealed class PolicyNamesSpec
{
    public string? Retry { get; set; }

    public string? Timeout { get; set; }

    public string? CircuitBreaker { get; set; }
}
