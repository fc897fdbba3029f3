using System.Net;
using Ecosystem.Bench.Transcoding;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ecosystem.Bench.Gateway;

/// <summary>The cheapest service that there could be behind a door, so that the door is what is measured.</summary>
internal static class BehindGateway
{
    public const string Verb = "serve-behind-gateway";

    /// <summary>Serves until the process is stopped.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        await using var app = builder.Build();
        var answer = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 3).Select(number => BareAsset.WithId($"{number}")));
        app.MapGet("/health", () => Results.Ok());
        app.MapGet("/catalog/v1/data-assets", context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        await app.StartAsync();
        Console.WriteLine($"listening {new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}");
        await app.WaitForShutdownAsync();
    }
}
