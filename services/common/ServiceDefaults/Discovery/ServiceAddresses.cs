using Microsoft.Extensions.Configuration;

namespace Ecosystem.ServiceDefaults.Discovery;

/// <summary>
/// Where the other services are. Read in this order: <c>services__{name}__{endpoint}__0</c> (Aspire's service discovery,
/// further addresses as <c>__1</c>, <c>__2</c>, ...), <c>{NAME}_{ENDPOINT}</c> (Aspire's plain variable), else the
/// service's name in the cluster's DNS with the ports of the chart: 8080 for HTTP, 8081 for gRPC.
/// </summary>
public sealed class ServiceAddresses(IConfiguration configuration)
{
    /// <summary>The addresses that speak REST over HTTP/1.1; at least one.</summary>
    /// <exception cref="InvalidOperationException">A configured address is no http or https URI.</exception>
    public IReadOnlyList<Uri> Http(string service) => Find(service, "http", 8080);

    /// <summary>The addresses that speak HTTP/2, for gRPC and for REST; at least one.</summary>
    /// <exception cref="InvalidOperationException">A configured address is no http or https URI.</exception>
    public IReadOnlyList<Uri> Grpc(string service) => Find(service, "grpc", 8081);

    private IReadOnlyList<Uri> Find(string service, string endpoint, int clusterPort)
    {
        var variable = $"{service}_{endpoint}".Replace('-', '_').ToUpperInvariant();
        var found = configuration.GetSection($"services:{service}:{endpoint}").GetChildren()
            .OrderBy(address => address.Key, StringComparer.Ordinal)
            .Select(address => (Setting: address.Path.Replace(":", "__", StringComparison.Ordinal), address.Value))
            .Where(address => address.Value is { Length: > 0 })
            .ToList();
        if (found.Count == 0 && configuration[variable] is { Length: > 0 } plain)
        {
            found.Add((variable, plain));
        }

        return found.Count == 0
            ? [new Uri($"http://{service}:{clusterPort}")]
            : [.. found.Select(address => Parse(address.Setting, address.Value!))];
    }

    private static Uri Parse(string setting, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address!
            : throw new InvalidOperationException($"{setting} is '{value}'. Set it to an address such as http://localhost:5111.");
}
