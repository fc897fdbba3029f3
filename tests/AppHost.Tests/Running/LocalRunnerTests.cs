using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.Testing;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.AppHost.Tests.Running;

/// <summary>A small system that cannot start: its gateway waits for an OpenID provider whose realm file does not exist.</summary>
public sealed class LocalRunnerTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("runner-");

    public void Dispose() => _state.Delete(recursive: true);

    [Fact]
    public async Task When_a_start_fails_everything_is_stopped_and_the_reason_is_told()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => System().RunAsync());

        Assert.StartsWith("identity ended with exit code", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-realm.json", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_state.FullName, "apphost.json")));
        Assert.All(JsonFile.Read<Dictionary<string, int>>(Path.Combine(_state.FullName, "ports.json"))!.Values, port =>
        {
            using var free = new TcpListener(IPAddress.Loopback, port);
            free.Start();
        });
    }

    [Fact]
    public async Task A_taken_port_is_told_before_anything_starts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => System(httpPort: port).RunAsync());

        Assert.StartsWith($"Port {port} is already taken, and the http endpoint of gateway wants it.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--http-port", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(_state.FullName, "logs")));
    }

    [Fact]
    public async Task A_second_apphost_on_the_same_state_is_refused()
    {
        using var first = RegionLock.Take(new StateDirectory(_state.FullName), "ruhr");

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => System().RunAsync());

        Assert.StartsWith("Region 'ruhr' is already run", failure.Message, StringComparison.Ordinal);
    }

    private DistributedApplication System(int? httpPort = null)
    {
        var builder = DistributedApplication.CreateBuilder(["--region", "ruhr", "--state", _state.FullName]);
        var identity = builder.AddKeycloak("identity").WithRealmImport(Path.Combine(_state.FullName, "no-such-realm.json"));
        var pubsub = builder.AddDaprPubSub("pubsub", new DaprComponentOptions { LocalPath = "Local/components/pubsub.yaml" });

        // Never started, so any built project serves.
        builder.AddProject("gateway", Path.Combine(Repository.Root, "apphost", "AppHost.csproj"))
            .WithEndpoint("http", e => e.Port = httpPort)
            .WithEndpoint("grpc", _ => { })
            .WaitFor(identity)
            .WithDaprSidecar(sidecar => sidecar.WithReference(pubsub));
        return builder.Build();
    }
}
