using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Gateway.Tests;

/// <summary>A service behind the gateway, on real sockets: REST on one port, HTTP/2 without TLS on the other.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Backend(WebApplication app) => _app = app;

    public string Http => _app.Urls.First();
    public string Grpc => _app.Urls.Last();

    /// <summary>What arrived, in order: method and path.</summary>
    public ConcurrentQueue<string> Received { get; } = [];

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary LastHeaders { get; private set; } = new HeaderDictionary();

    public int HealthStatus { get; set; } = 200;

    /// <summary>It says in its answers that it is stopping.</summary>
    public bool IsDraining { get; set; }

    /// <summary>It takes requests and answers none.</summary>
    public bool IsBreakingOff { get; set; }

    public static async Task<Backend> StartAsync(int httpPort = 0, int grpcPort = 0, IPAddress? address = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address ?? IPAddress.Loopback, httpPort, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(address ?? IPAddress.Loopback, grpcPort, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        var backend = new Backend(builder.Build());
        backend.Map();
        await backend._app.StartAsync();
        return backend;
    }

    private void Map()
    {
        _app.MapGet("/health", () => Results.StatusCode(HealthStatus));
        _app.MapGet("/catalog/v1/slow", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        _app.MapGet("/catalog/v1/broken", (HttpContext context) => context.Abort());
        _app.MapGet("/catalog/v1/refused", () => Results.Problem(statusCode: 409, title: "From the service"));
        _app.MapFallback(async (HttpContext context) =>
        {
            Received.Enqueue($"{context.Request.Method} {context.Request.Path}");
            LastHeaders = new HeaderDictionary(context.Request.Headers.ToDictionary());
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (IsBreakingOff)
            {
                context.Abort();
                return;
            }

            if (IsDraining)
                context.Response.Headers["x-draining"] = "1";
            if (context.Request.ContentType == "application/grpc")
            {
                context.Response.ContentType = "application/grpc";
                context.Response.DeclareTrailer("grpc-status");
                await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 0 });
                context.Response.AppendTrailer("grpc-status", "0");
                return;
            }

            await context.Response.WriteAsJsonAsync(new { path = context.Request.Path.Value });
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
