namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address the resource listens on. <see cref="Port"/> null means any free port.</summary>
internal sealed class EndpointAnnotation(string name) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string UriScheme { get; set; } = "http";

    /// <summary><c>http</c>, or <c>http2</c> for plain-text HTTP/2 (gRPC).</summary>
    public string Transport { get; set; } = "http";

    public int? Port { get; set; }

    public bool IsExternal { get; set; }

    /// <summary>The address in use, of the first where there are replicas; known once the runner has allocated it.</summary>
    public Uri? AllocatedAddress { get; set; }
}

/// <summary>An endpoint of a resource, usable as the value of a variable before its port is known.</summary>
internal sealed class EndpointReference(IResourceWithEndpoints resource, string endpointName)
{
    public string Url => resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == endpointName)?.AllocatedAddress?.ToString().TrimEnd('/')
        ?? throw new DistributedApplicationException($"The resource '{resource.Name}' has no allocated endpoint '{endpointName}'.");
}

/// <summary>A variable of the process. The value is a string, an <see cref="EndpointReference"/>, a <see cref="ParameterResource"/> or a <see cref="ReferenceExpression"/>.</summary>
internal sealed record EnvironmentAnnotation(string Name, object Value) : IResourceAnnotation;

/// <summary>The addresses of <paramref name="Source"/> are passed to the resource.</summary>
internal sealed record ServiceReferenceAnnotation(IResourceWithServiceDiscovery Source) : IResourceAnnotation;

/// <summary>The resource starts once <paramref name="Dependency"/> is healthy.</summary>
internal sealed record WaitAnnotation(IResource Dependency) : IResourceAnnotation;

/// <summary>The resource is healthy when GET <paramref name="Path"/> answers 2xx.</summary>
internal sealed record HttpHealthCheckAnnotation(string Path) : IResourceAnnotation;

/// <summary>How many processes of the project run.</summary>
internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;
