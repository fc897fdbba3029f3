using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;

namespace Ecosystem.Bench.Gateway;

/// <summary>
/// The library that the gateway forwards with, over HTTP/2 as it does, and nothing else: no token looked at, no limit, no log. What is missing from
/// here to nginx is the platform's, the rest is ours.
/// </summary>
internal static class BareYarp
{
    public const string Verb = "serve-bare-yarp";

    /// <summary>Passes everything on to the service at <paramref name="behind"/> until the process is stopped.</summary>
    public static async Task RunAsync(string behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "service", Match = new() { Path = "/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "service",
                    HttpRequest = new() { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                    Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["service"] = new() { Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{behind}") } },
                },
            ]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        Console.WriteLine($"listening {new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}");
        await app.WaitForShutdownAsync();
    }
}
