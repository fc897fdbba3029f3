using System.Diagnostics;
using System.Text.Json;

namespace Ecosystem.Testing;

/// <summary>
/// The local Dapr sidecar as a process of its own, as the apphost starts it, with RabbitMQ behind it; it may be killed and started again.
/// The project that uses it has the apphost built (a reference without its output).
/// </summary>
public sealed class SidecarProcess : IAsyncDisposable
{
    private const string Retries = """
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: { name: defaults }
        spec:
          policies:
            retries: { inbound: { policy: exponential, maxInterval: 1s, maxRetries: -1 } }
          targets:
            components: { pubsub: { inbound: { retry: inbound } } }
        """;

    private readonly string _config;
    private readonly IReadOnlyList<(string AppId, Uri App, int Port)> _apps;
    private Process? _process;

    private SidecarProcess(string config, IReadOnlyList<(string AppId, Uri App, int Port)> apps) => (_config, _apps) = (config, apps);

    /// <summary>The process; null while there is none.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Prepares a sidecar for these apps; its files go to <paramref name="folder"/>.</summary>
    public static SidecarProcess For(DirectoryInfo folder, Uri rabbitMq, IEnumerable<(string AppId, Uri App)> apps, int prefetch = 200)
    {
        var served = apps.Select(app => (app.AppId, app.App, Port: LoopbackPort.Free())).ToList();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "resources"));
        File.WriteAllText(Path.Combine(folder.FullName, "resources", "pubsub.yaml"), Component(rabbitMq, prefetch));
        File.WriteAllText(Path.Combine(folder.FullName, "resources", "resiliency.yaml"), Retries);
        var config = Path.Combine(folder.FullName, "sidecar.json");
        File.WriteAllText(config, JsonSerializer.Serialize(new
        {
            dataDirectory = Path.Combine(folder.FullName, "data"),
            resources = new[] { Path.Combine(folder.FullName, "resources") },
            apps = served.Select(app => new { appId = app.AppId, daprPort = app.Port, address = app.App, healthPath = (string?)null }),
        }));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "data"));
        return new SidecarProcess(config, served);
    }

    /// <summary>Where the app at this address reaches its sidecar.</summary>
    public Uri AddressFor(Uri app) => new($"http://127.0.0.1:{_apps.First(served => served.App == app).Port}");

    /// <summary>Starts it and waits until it takes what is published.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [ApphostAssembly, "sidecar", "--config", _config])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = ApphostAssembly; // ends with this process, however that ends
        start.Environment["Logging__LogLevel__Default"] = "Error";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.True(
            async () => (await http.GetAsync(new Uri($"http://127.0.0.1:{_apps[0].Port}/v1.0/healthz/outbound"))).IsSuccessStatusCode, "the sidecar answers");
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync();

    private static string ApphostAssembly { get; } = Path.Combine(
        Repository.Root, "apphost", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Ecosystem.AppHost.dll");

    private static string Component(Uri rabbitMq, int prefetch) => $$"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: pubsub }
        spec:
          type: pubsub.rabbitmq
          version: v1
          metadata:
          - { name: connectionString, value: "{{rabbitMq}}" }
          - { name: durable, value: "true" }
          - { name: deletedWhenUnused, value: "false" }
          - { name: deliveryMode, value: "2" }
          - { name: requeueInFailure, value: "true" }
          - { name: publisherConfirm, value: "true" }
          - { name: prefetchCount, value: "{{prefetch}}" }
          - { name: reconnectWaitSeconds, value: "1" }
        """;
}
