using System.Net;
using Ecosystem.ServiceDefaults.Discovery;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Ecosystem.Gateway.Routing;

/// <summary>
/// Resolves destinations written as Aspire writes named endpoints, <c>http://_grpc.catalog</c>, to the addresses that the host
/// configured, and a name in such an address to the copies that it stands for. Anything else is taken as it is.
/// </summary>
internal sealed class ServiceDiscoveryResolver(ServiceAddresses addresses, Copies copies) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var changed = copies.Changed; // before asking, so that no change is missed meanwhile
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, destination) in destinations)
        {
            var found = Find(destination.Address);
            for (var i = 0; i < found.Count; i++)
            {
                foreach (var (copy, at) in await CopiesAsync(i == 0 ? name : $"{name}-{i + 1}", destination with { Address = found[i] }, cancellationToken))
                    resolved[copy] = at;
            }
        }

        return new ResolvedDestinationCollection(resolved, changed);
    }

    /// <summary>One destination for each copy, called after its address; the service hears the name that it was looked up by, and a certificate has to show it.</summary>
    private async ValueTask<IEnumerable<(string Name, DestinationConfig Destination)>> CopiesAsync(string name, DestinationConfig destination, CancellationToken ct)
    {
        if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var address) || address.IsLoopback || IPAddress.TryParse(address.Host, out _))
            return [(name, destination)];

        var found = await copies.FindAsync(address.Host, ct);
        return found.Count == 0
            ? [(name, destination)]
            : found.Select(ip => ($"{name}-{ip}", destination with { Address = new UriBuilder(address) { Host = ip.ToString() }.Uri.ToString(), Host = destination.Host ?? address.Authority }));
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
