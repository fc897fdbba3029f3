using System.Globalization;
using System.Net;
using Ecosystem.Bench.Transcoding;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ecosystem.Bench.Gateway;

/// <summary>The cheapest service that there could be behind a door, so that the door is what is measured.</summary>
internal static class BehindGateway
{
    public const string Verb = "serve-behind-gateway";

    /// <summary>Where it answers a kilobyte of JSON.</summary>
    public const string Read = "/catalog/v1/data-assets";

    /// <summary>The gRPC method that it answers with as many bytes.</summary>
    public const string Call = "/ecosystem.catalog.v1.DataAssetService/GetDataAsset";

    /// <summary>Starts it in a process of its own.</summary>
    public static async Task<StartedService> StartAsync()
    {
        var http2 = LoopbackPort.Free();
        return new(await ServerProcess.StartAsync(Environment.ProcessPath!, [.. GatewayArea.Self(), Verb, http2.ToString(CultureInfo.InvariantCulture)]), http2);
    }

    /// <summary>Serves, as services do, HTTP/1.1 at one port and HTTP/2 at another, until the process is stopped.</summary>
    public static async Task RunAsync(string http2Port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, int.Parse(http2Port, CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http2);
        });
        await using var app = builder.Build();
        var answer = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 3).Select(number => BareAsset.WithId($"{number}")));
        byte[] message = [0, 0, 0, (byte)(answer.Length >> 8), (byte)answer.Length, .. answer];
        app.MapGet("/health", () => Results.Ok());
        app.MapGet(Read, context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        app.MapPost(Call, async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/grpc";
            context.Response.DeclareTrailer("grpc-status");
            await context.Response.Body.WriteAsync(message);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await app.StartAsync();
        Console.WriteLine($"listening {new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port}");
        await app.WaitForShutdownAsync();
    }
}

/// <summary>The service in its process, and the port at which it speaks HTTP/2.</summary>
internal sealed class StartedService(ServerProcess process, int http2) : IDisposable
{
    public int Http1 => process.Port;

    public int Http2 => http2;

    public void Dispose() => process.Dispose();
}
