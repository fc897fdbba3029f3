using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ecosystem.InteropPeer.Server;

/// <summary>The interop server on our stack.</summary>
internal static class InteropServer
{
    /// <summary>Serves until the process is stopped.</summary>
    /// <param name="isCounting">Whether request bytes are counted, which the compression cases need.</param>
    public static async Task<int> RunAsync(bool isCounting)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();

        await using var app = builder.Build();
        if (isCounting)
            app.Use(RequestBytes.CountAsync);
        app.MapGrpcService<TestServiceOnOurStack>();
        await app.StartAsync();

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Console.WriteLine($"listening {new Uri(address).Port}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
