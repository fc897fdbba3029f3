using System.Diagnostics;
using Aspire.Hosting;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.AppHost.Tests.Dapr;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Running;

/// <summary>Supervision of a real process; the sidecar serves as one.</summary>
public sealed class SupervisedProcessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("supervised-");
    private readonly LocalRegion _region = new(PubSubUnderTest.InMemory);
    private readonly HealthProbe _probe = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _probe.Dispose();
        await _region.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    [Fact]
    public async Task A_killed_process_is_started_again_and_is_healthy_again()
    {
        await using var process = Sidecar();
        await process.StartAsync(CancellationToken.None);
        var first = process.ProcessId!.Value;

        Process.GetProcessById(first).Kill();

        await Eventually.True(() => process is { State: ProcessState.Healthy, Restarts: 1 }, "it is healthy again");
        Assert.NotEqual(first, process.ProcessId);
    }

    [Fact]
    public async Task A_stopped_process_ends_by_itself()
    {
        var process = Sidecar();
        await process.StartAsync(CancellationToken.None);
        var id = process.ProcessId!.Value;

        await process.DisposeAsync();

        Assert.Equal(ProcessState.Stopped, process.State);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
        Assert.Contains("shutting down", await File.ReadAllTextAsync(Path.Combine(_logs.FullName, "dapr.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_fails_says_who_and_why()
    {
        await using var process = Sidecar(config: Path.Combine(_logs.FullName, "missing.json"));

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => process.StartAsync(CancellationToken.None));

        Assert.StartsWith("dapr ended with exit code 2 before it was healthy", failure.Message, StringComparison.Ordinal);
        Assert.Contains("missing.json' does not exist", failure.Message, StringComparison.Ordinal);
    }

    private SupervisedProcess Sidecar(string? config = null)
    {
        var options = _region.Options(("app", new Uri("http://127.0.0.1:1")));
        var file = config ?? Path.Combine(_logs.FullName, "sidecar.json");
        if (config is null)
        {
            JsonFile.Write(file, options);
        }

        var launch = new Launch
        {
            Name = "dapr",
            Assembly = RepositoryLayout.AppHostAssembly,
            Arguments = ["sidecar", "--config", file],
            WorkingDirectory = _logs.FullName,
            Health = new Uri($"http://127.0.0.1:{_region.Ports["app"]}/v1.0/healthz/outbound"),
        };
        return new SupervisedProcess(launch, new LogBook(_logs.FullName, "dapr", 0), _probe, TimeProvider.System, () => { });
    }
}
