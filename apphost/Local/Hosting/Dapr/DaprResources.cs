using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace CommunityToolkit.Aspire.Hosting.Dapr;

internal interface IDaprComponentResource : IResource
{
    string Type { get; }

    DaprComponentOptions? Options { get; }
}

internal interface IDaprSidecarResource : IResource;

internal sealed record DaprComponentOptions
{
    /// <summary>The component's YAML file; a relative path starts at the apphost project.</summary>
    public string? LocalPath { get; init; }
}

internal sealed record DaprSidecarOptions
{
    /// <summary>The name publishers are known by. Default: the name of the resource.</summary>
    public string? AppId { get; init; }

    /// <summary>Directories with further YAML: components, subscriptions, resiliency.</summary>
    public IImmutableSet<string> ResourcesPaths { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Where the app answers when it is ready for messages. Default <c>/healthz</c>.</summary>
    public string? AppHealthCheckPath { get; init; }

    /// <summary>Whether messages wait until the app is healthy.</summary>
    public bool? EnableAppHealthCheck { get; init; }
}

internal sealed class DaprComponentResource(string name, string type) : Resource(name), IDaprComponentResource
{
    public string Type { get; } = type;

    public DaprComponentOptions? Options { get; init; }
}

internal sealed class DaprSidecarResource(string name) : Resource(name), IDaprSidecarResource;

internal sealed record DaprSidecarAnnotation(IDaprSidecarResource Sidecar) : IResourceAnnotation;

internal sealed record DaprSidecarOptionsAnnotation(DaprSidecarOptions Options) : IResourceAnnotation;

internal sealed record DaprComponentReferenceAnnotation(IDaprComponentResource Component) : IResourceAnnotation;

/// <summary>A value of the component's YAML; the file is generated when there is one.</summary>
internal sealed record DaprComponentMetadataAnnotation(string Name, ReferenceExpression Value) : IResourceAnnotation;
