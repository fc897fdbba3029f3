using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>Gives every process of every resource its addresses.</summary>
internal static class AddressPlan
{
    /// <exception cref="DistributedApplicationException">A port is taken.</exception>
    public static IReadOnlyList<Instance> Allocate(IReadOnlyList<IResource> resources, PortBook ports)
    {
        var instances = new List<Instance>();
        foreach (var resource in resources)
        {
            var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
            for (var number = 1; number <= replicas; number++)
            {
                var name = number == 1 ? resource.Name : $"{resource.Name}-{number}";
                instances.Add(new Instance(resource, name, Addresses(resource, name, replicas, ports)));
            }
        }

        return instances;
    }

    private static Dictionary<string, Uri> Addresses(IResource resource, string name, int replicas, PortBook ports)
    {
        var addresses = new Dictionary<string, Uri>();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.Port is not null && replicas > 1)
            {
                throw new DistributedApplicationException($"{resource.Name} has a fixed port for its endpoint {endpoint.Name}, so there can be only one of it.");
            }

            var port = endpoint.Port is { } wanted
                ? ports.Fixed(wanted, $"the {endpoint.Name} endpoint of {name}", $"--{endpoint.Name}-port")
                : ports.Free($"{name}-{endpoint.Name}");
            var host = endpoint.IsExternal || resource is KeycloakResource ? "localhost" : "127.0.0.1";
            addresses[endpoint.Name] = new UriBuilder(endpoint.UriScheme, host, port).Uri;
            endpoint.AllocatedAddress ??= addresses[endpoint.Name];
        }

        if (resource.Annotations.OfType<DaprSidecarAnnotation>().Any())
        {
            addresses[Instance.Dapr] = new UriBuilder("http", "127.0.0.1", ports.Free($"{name}-dapr")).Uri;
        }

        return addresses;
    }
}
