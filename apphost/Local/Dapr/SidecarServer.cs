using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.AppHost.Local.Dapr.Api;
using Ecosystem.AppHost.Local.Dapr.Delivery;

namespace Ecosystem.AppHost.Local.Dapr;

/// <summary>The sidecars of a region in one process: one listener per app, one broker for all.</summary>
internal sealed class SidecarServer : IAsyncDisposable
{
    private readonly SidecarOptions _options;
    private readonly Region _region;
    private readonly WebApplication _web;

    private SidecarServer(SidecarOptions options, Region region, WebApplication web)
    {
        _options = options;
        _region = region;
        _web = web;
    }

    /// <summary>The verb <c>sidecar</c>: serves until asked to stop. 2 when the configuration cannot be used, with the reason on standard error.</summary>
    public static async Task<int> RunAsync(string configFile, CancellationToken ct)
    {
        try
        {
            var options = Running.JsonFile.Read<SidecarOptions>(configFile) ?? throw new InvalidDataException($"'{configFile}' does not exist.");
            await using var server = await StartAsync(
                options with
                {
                    ApiToken = Environment.GetEnvironmentVariable("DAPR_API_TOKEN"),
                    AppToken = Environment.GetEnvironmentVariable("APP_API_TOKEN"),
                },
                TimeProvider.System,
                ct);
            await server._web.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (InvalidDataException e)
        {
            await Console.Error.WriteLineAsync($"The sidecar cannot start: {e.Message}");
            return 2;
        }
    }

    /// <exception cref="InvalidDataException">A resource file or the configuration cannot be used.</exception>
    public static async Task<SidecarServer> StartAsync(SidecarOptions options, TimeProvider time, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var app in options.Apps)
            {
                kestrel.Listen(IPAddress.Loopback, app.DaprPort);
            }
        });
        builder.Services.AddRouting();
        var web = builder.Build();
        var region = Region.Load(options, time, web.Services.GetRequiredService<ILoggerFactory>());
        var server = new SidecarServer(options, region, web);
        server.Map(time);
        await web.StartAsync(ct);
        region.Follow();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _region.DisposeAsync();
        await _web.DisposeAsync();
    }

    private void Map(TimeProvider time)
    {
        var publish = new PublishApi(_region.Components, time);
        var bulk = new BulkPublishApi(publish, _region.Components);
        var invoke = new InvokeApi(_region.Apps);
        var metadata = new MetadataApi(_region.Components);

        _web.Use(AuthenticateAsync);
        _web.Use((context, next) => context.Request.Headers["dapr-app-id"] is { Count: > 0 } target && !context.Request.Path.StartsWithSegments("/v1.0", StringComparison.Ordinal)
            ? invoke.InvokeAsync(Caller(context).App.AppId, target[0]!, context.Request.Path, context)
            : next(context));
        _web.UseRouting();

        _web.MapGet("/v1.0/healthz", (HttpContext context) => Results.StatusCode(Caller(context).IsReady ? 204 : 500));
        _web.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        _web.MapGet("/v1.0/metadata", (HttpContext context) => metadata.Get(Caller(context)));
        _web.MapPut("/v1.0/metadata/{key}", (string key, HttpContext context) => metadata.PutAsync(Caller(context), key, context.Request));
        foreach (var path in new[] { "/v1.0/publish/bulk/{pubsub}/{**topic}", "/v1.0-alpha1/publish/bulk/{pubsub}/{**topic}" })
        {
            _web.MapMethods(path, ["POST", "PUT"], (string pubsub, string? topic, HttpContext context) =>
                bulk.PublishAsync(Caller(context).App.AppId, pubsub, topic ?? "", context.Request, context.RequestAborted));
        }

        _web.MapMethods("/v1.0/publish/{pubsub}/{**topic}", ["POST", "PUT"], (string pubsub, string? topic, HttpContext context) => string.IsNullOrEmpty(topic)
            ? Task.FromResult(new DaprError("ERR_TOPIC_EMPTY", $"topic is empty in pubsub {pubsub}").As(404))
            : publish.PublishAsync(Caller(context).App.AppId, pubsub, topic, context.Request, context.RequestAborted));
        _web.Map("/v1.0/invoke/{target}/method/{**path}", (string target, string? path, HttpContext context) =>
            invoke.InvokeAsync(Caller(context).App.AppId, target, path ?? "", context));
        _web.MapFallback(() => new DaprError("ERR_METHOD_NOT_FOUND", "the local sidecar has no such method: it speaks publish, invoke, healthz and metadata").As(404));
    }

    private AppInstance Caller(HttpContext context) =>
        _region.Apps.SelectMany(app => app.Instances.All).First(instance => instance.App.DaprPort == context.Connection.LocalPort);

    private Task AuthenticateAsync(HttpContext context, RequestDelegate next)
    {
        if (_options.ApiToken is not { Length: > 0 } expected || context.Request.Path.StartsWithSegments("/v1.0/healthz", StringComparison.Ordinal))
        {
            return next(context);
        }

        var given = context.Request.Headers[AppChannel.TokenHeader].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected))
            ? next(context)
            : new DaprError("ERR_API_TOKEN", "invalid api token: send the value of DAPR_API_TOKEN in the header dapr-api-token").As(401).ExecuteAsync(context);
    }
}
