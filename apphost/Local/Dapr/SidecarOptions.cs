namespace Ecosystem.AppHost.Local.Dapr;

/// <summary>What the apphost tells the sidecar of a region. Tokens come by environment, as with daprd.</summary>
internal sealed record SidecarOptions
{
    /// <summary>Where components keep their files.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Files or directories with Dapr YAML: components, subscriptions, resiliency.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    public required IReadOnlyList<SidecarApp> Apps { get; init; }

    /// <summary>The <c>dapr-api-token</c> that apps must send; none is asked for when null.</summary>
    public string? ApiToken { get; init; }

    /// <summary>The <c>dapr-api-token</c> that the sidecar sends to apps.</summary>
    public string? AppToken { get; init; }
}

/// <summary>
/// One process of an app. It has a listener of its own, so that a publisher is known by the port it calls. Several with the same app-id
/// are instances of one app: each message goes to one of them.
/// </summary>
internal sealed record SidecarApp
{
    public required string AppId { get; init; }

    public required int DaprPort { get; init; }

    /// <summary>Where the app listens.</summary>
    public required Uri Address { get; init; }

    /// <summary>Answers 2xx when the app takes messages; null counts an app that listens as ready.</summary>
    public string? HealthPath { get; init; }
}
