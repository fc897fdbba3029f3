using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.AppHost;

/// <summary>What may differ from one run to the next; from the command line (<c>--region saar --http-port 9080</c>).</summary>
internal sealed record TopologySettings(string Region, string StateDirectory, int? HttpPort, int? GrpcPort)
{
    public static TopologySettings Read(IDistributedApplicationBuilder builder)
    {
        var region = builder.Configuration["region"] ?? "ruhr";
        var state = builder.Configuration["state"] ?? Path.Combine(builder.AppHostDirectory, "..", ".local", region);
        return new(region, Path.GetFullPath(state), Port("http-port", 8080), Port("grpc-port", 8081));

        int? Port(string key, int preferred) => builder.Configuration.GetValue(key, preferred) is var port and not 0 ? port : null;
    }
}
