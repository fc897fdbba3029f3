using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Ecosystem.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Gateway.Tests;

/// <summary>The gateway with its shipped settings on two free ports, one service behind it, and an identity provider.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private WebApplication? _app;

    private GatewayHost(Backend catalog, LoopbackIssuer issuer)
    {
        Catalog = catalog;
        Issuer = issuer;
    }

    public Backend Catalog { get; set; }
    public LoopbackIssuer Issuer { get; }
    public ConcurrentQueue<string> Log { get; } = [];
    public HttpClient Rest { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    public HttpClient Grpc { get; } = new() { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    public static async Task<GatewayHost> StartAsync(string? contentRoot = null, Action<IServiceCollection>? replace = null, params string[] settings)
    {
        var host = new GatewayHost(await Backend.StartAsync(), await LoopbackIssuer.StartAsync());
        host._app = GatewayApplication.Create(
        [
            $"--contentRoot={contentRoot ?? Path.Combine(Repository.Root, "gateway")}",
            "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0",
            $"--Keycloak:auth-server-url={host.Issuer.Address}",
            $"--services:catalog:http:0={host.Catalog.Http}",
            $"--services:catalog:grpc:0={host.Catalog.Grpc}",
            "--services:policy:http:0=http://127.0.0.1:1",
            "--services:policy:grpc:0=http://127.0.0.1:1",
            "--services:matching:http:0=http://127.0.0.1:1",
            "--services:matching:grpc:0=http://127.0.0.1:1",
            .. settings,
        ], replace);
        host._app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Recorder(host.Log));
        await host._app.StartAsync();
        var addresses = host._app.Urls.ToList(); // Kestrel takes its endpoints in the order of their names: grpc, http
        host.Grpc.BaseAddress = new Uri(addresses[0]);
        host.Rest.BaseAddress = new Uri(addresses[1]);
        return host;
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token.Contains(' ') ? token : "Bearer " + token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Rest.SendAsync(request);
    }

    public async Task<HttpResponseMessage> CallAsync(string method, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "Content-Type", "application/grpc" } } },
        };
        request.Headers.Add("TE", "trailers");
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await Grpc.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        Grpc.Dispose();
        await _app!.DisposeAsync();
        await Catalog.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>Reads what the gateway said itself.</summary>
internal static class Answers
{
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string reason)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(reason, problem.GetProperty("reason").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public static async Task TrailersOnlyAsync(this HttpResponseMessage answer, int status, string reason)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/grpc", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"{status}", answer.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        var details = answer.Headers.GetValues("grpc-status-details-bin").Single();
        var rich = Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        Assert.Equal(reason, Ecosystem.Grpc.RichStatus.Detail<Google.Rpc.ErrorInfo>(rich)!.Reason);
    }
}
