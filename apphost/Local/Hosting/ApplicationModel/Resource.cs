using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the topology declares: a project, an identity provider, a parameter.</summary>
internal interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

internal interface IResourceWithEnvironment : IResource;

internal interface IResourceWithEndpoints : IResource;

internal interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

internal interface IResourceWithWaitSupport : IResource;

/// <summary>A fact attached to a resource: an endpoint, a variable, a dependency.</summary>
internal interface IResourceAnnotation;

internal sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

internal abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    public ResourceAnnotationCollection Annotations { get; } = [];
}

internal interface IResourceBuilder<out T>
    where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }
}
