using System.Collections.Concurrent;
using Grpc.Net.Client;

namespace Ecosystem.Gateway.Regions;

/// <summary>Connections to the doors of other regions and, for the federated search, to the own catalogue; kept as long as the gateway runs.</summary>
internal sealed class RegionConnections(KnownRegions regions) : IDisposable
{
    private readonly ConcurrentDictionary<Uri, GrpcChannel> _channels = new();

    public string Own => regions.Own;

    /// <summary>Neither follows nor repeats anything, and takes no proxy from the environment.</summary>
    public HttpMessageInvoker Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false,
    });

    public GrpcChannel To(Uri address) => _channels.GetOrAdd(address, static address => GrpcChannel.ForAddress(address));

    public void Dispose()
    {
        Http.Dispose();
        foreach (var channel in _channels.Values)
            channel.Dispose();
    }
}
