using Ecosystem.Testing;
using System.Globalization;
using Ecosystem.AppHost.Local.Dapr;
using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.InteropTests.Dapr;

/// <summary>The local sidecar, judged by Dapr's own SDK from npm as publisher and as subscriber, and by the CloudEvents SDK.</summary>
public sealed class DaprSdkTests : IAsyncLifetime
{
    private const string Token = "token-of-the-interop-test";

    private const string InMemory = "{ type: pubsub.in-memory, version: v1 }";

    private const string Rest = """
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: { name: envelope }
        spec: { pubsubname: pubsub, topic: envelope, routes: { default: /envelope } }
        scopes: [subscriber]
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: { name: quick }
        spec:
          policies: { retries: { quick: { policy: constant, duration: 50ms, maxRetries: 5 } } }
          targets: { components: { pubsub: { inbound: { retry: quick } } } }
        """;

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("dapr-judge-");
    private readonly List<int> _ports = [];
    private SidecarServer? _sidecar;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_sidecar is not null)
        {
            await _sidecar.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }

    [SkippableFact]
    public Task Daprs_own_sdk_publishes_and_subscribes_in_memory() => JudgeAsync(InMemory);

    [SkippableFact]
    public async Task Daprs_own_sdk_publishes_and_subscribes_over_rabbitmq()
    {
        await using var server = await RabbitMqServer.StartAsync();
        await JudgeAsync($$"""
            { type: pubsub.rabbitmq, version: v1, metadata: [ { name: connectionString, value: "{{server.Address}}" }, { name: publisherConfirm, value: "true" },
              { name: deletedWhenUnused, value: "false" }, { name: deliveryMode, value: "2" }, { name: requeueInFailure, value: "true" }, { name: prefetchCount, value: "50" },
              { name: concurrencyMode, value: single } ] }
            """);
        await _sidecar!.DisposeAsync();
        _sidecar = null;
    }

    private async Task JudgeAsync(string spec)
    {
        await StartAsync(spec);
        var result = await new NodeProgram("interop/dapr").RunAsync(
            "judge.mjs",
            [.. _ports.Select(port => port.ToString(CultureInfo.InvariantCulture))],
            new Dictionary<string, string> { ["DAPR_API_TOKEN"] = Token });

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(10, result.Output.Split('\n').Count(line => line.StartsWith("kept: ", StringComparison.Ordinal)));
    }

    private async Task StartAsync(string spec)
    {
        var book = new PortBook(Path.Combine(_state.FullName, "ports.json"));
        _ports.AddRange(new[] { "app", "subscriber", "publisher" }.Select(book.Free));
        var resources = Path.Combine(_state.FullName, "resources.yaml");
        await File.WriteAllTextAsync(resources, $"kind: Component\nmetadata: {{ name: pubsub }}\nspec: {spec}\n---\n{Rest}");
        _sidecar = await SidecarServer.StartAsync(
            new SidecarOptions
            {
                DataDirectory = _state.FullName,
                Resources = [resources],
                ApiToken = Token,
                Apps =
                [
                    new SidecarApp { AppId = "subscriber", DaprPort = _ports[1], Address = new Uri($"http://127.0.0.1:{_ports[0]}") },
                    new SidecarApp { AppId = "publisher", DaprPort = _ports[2], Address = new Uri("http://127.0.0.1:1") },
                ],
            },
            TimeProvider.System,
            CancellationToken.None);
    }
}
