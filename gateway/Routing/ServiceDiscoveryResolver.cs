using Ecosystem.ServiceDefaults.Discovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Ecosystem.Gateway.Routing;

/// <summary>
/// Resolves destinations written as Aspire writes named endpoints, <c>http://_grpc.catalog</c>, to the addresses that the host
/// configured. Anything else is taken as it is.
/// </summary>
internal sealed class ServiceDiscoveryResolver(ServiceAddresses addresses) : IDestinationResolver
{
    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, destination) in destinations)
        {
            var found = Find(destination.Address);
            for (var i = 0; i < found.Count; i++)
                resolved[i == 0 ? name : $"{name}-{i + 1}"] = destination with { Address = found[i] };
        }

        return ValueTask.FromResult(new ResolvedDestinationCollection(resolved, changeToken: null));
    }

    private IReadOnlyList<string> Find(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.Host.StartsWith('_') || uri.Host.Split('.', 2) is not [var endpoint, var service])
            return [address];
        return endpoint switch
        {
            "_http" => [.. addresses.Http(service).Select(found => found.ToString())],
            "_grpc" => [.. addresses.Grpc(service).Select(found => found.ToString())],
            _ => throw new InvalidOperationException($"The destination '{address}' names the endpoint '{endpoint[1..]}'. Write _http or _grpc."),
        };
    }
}
