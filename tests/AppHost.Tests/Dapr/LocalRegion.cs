using System.Net.Http.Headers;
using System.Text;
using Ecosystem.AppHost.Local.Dapr;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr;

/// <summary>The sidecars of a region, and what a publisher does with its own.</summary>
internal sealed class LocalRegion(PubSubUnderTest pubSub) : IAsyncDisposable
{
    public const string ApiToken = "api-token-of-a-test";
    public const string AppToken = "app-token-of-a-test";
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("sidecar-");
    private readonly HttpClient _http = new();
    private SidecarServer? _server;

    /// <summary>By app-id; further instances of an app are <c>app-2</c> and so on.</summary>
    public Dictionary<string, int> Ports { get; } = [];

    /// <summary>Constant and short, so that tests do not wait.</summary>
    public string Resiliency { get; set; } =
        """
        kind: Resiliency
        metadata: { name: quick }
        spec:
          policies: { retries: { quick: { policy: constant, duration: 20ms, maxRetries: 3 } } }
          targets: { components: { pubsub: { inbound: { retry: quick } } } }
        """;

    public string Component { get; set; } = pubSub.Declare();

    public string? Declared { get; set; }

    public static async Task<LocalRegion> StartAsync(PubSubUnderTest pubSub, params (string AppId, Uri Address)[] apps)
    {
        var region = new LocalRegion(pubSub);
        await region.RunAsync(apps);
        return region;
    }

    public SidecarOptions Options(params (string AppId, Uri Address)[] apps)
    {
        var book = new PortBook(Path.Combine(_state.FullName, "ports.json"));
        string[] names = [.. apps.Select((app, index) => Name(app.AppId, apps.Take(index).Count(a => a.AppId == app.AppId)))];
        foreach (var name in names)
        {
            Ports[name] = book.Free(name);
        }

        book.Save();
        var yaml = Path.Combine(_state.FullName, "resources.yaml");
        File.WriteAllText(yaml, string.Join("\n---\n", new[] { Component, Resiliency, Declared }.OfType<string>()));
        return new SidecarOptions
        {
            DataDirectory = _state.FullName,
            Resources = [yaml],
            ApiToken = ApiToken,
            AppToken = AppToken,
            Apps = [.. apps.Zip(names, (app, name) => new SidecarApp { AppId = app.AppId, Address = app.Address, DaprPort = Ports[name], HealthPath = "/health" })],
        };

        static string Name(string appId, int before) => before == 0 ? appId : $"{appId}-{before + 1}";
    }

    public async Task RunAsync(params (string AppId, Uri Address)[] apps) =>
        _server = await SidecarServer.StartAsync(Options(apps), TimeProvider.System, CancellationToken.None);

    /// <summary>Stops the sidecar and keeps its file.</summary>
    public async Task StopAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public Task<HttpResponseMessage> PublishAsync(string appId, string topic, string body, string contentType = "application/json", string query = "", string pubSub = "pubsub") =>
        SendAsync(HttpMethod.Post, appId, $"/v1.0/publish/{pubSub}/{topic}{query}", body, contentType);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string appId, string path, string? body = null, string contentType = "application/json", string? token = ApiToken)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{Ports[appId]}{path}");
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        }

        return await _http.SendAsync(request);
    }

    public Task ReadyAsync(string appId) => Eventually.True(
        async () => (await SendAsync(HttpMethod.Get, appId, "/v1.0/healthz")).IsSuccessStatusCode, $"the sidecar of {appId} is ready");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _http.Dispose();
        await pubSub.ForgetAsync(Ports.Keys);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _state.Delete(recursive: true);
    }
}
