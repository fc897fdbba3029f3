using Ecosystem.AppHost.Local.Running;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Running;

/// <summary>How a real daprd is started. None can be had here: a program of that name writes down what it is told.</summary>
public sealed class DaprdTests : IDisposable
{
    private const string Recorder =
        """
        #!/bin/sh
        folder=$(dirname "$0")
        printf '%s\n' "$@" > "$folder/$2.new"
        printf '%s\n' "DAPR_API_TOKEN=$DAPR_API_TOKEN" "APP_API_TOKEN=$APP_API_TOKEN" >> "$folder/$2.new"
        mv "$folder/$2.new" "$folder/$2"
        exec sleep 600
        """;

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("daprd-");

    public void Dispose() => _state.Delete(recursive: true);

    [SkippableFact]
    public async Task It_is_told_its_app_its_ports_its_resources_and_by_environment_its_tokens()
    {
        Skip.If(OperatingSystem.IsWindows(), "the recording program is a shell script");
        var daprd = Path.Combine(_state.FullName, "daprd");
        await File.WriteAllTextAsync(daprd, Recorder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(daprd, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var launches = Launches(daprd, "--broker", "amqp://me:p@mq");
        var matching = launches.Single(l => l.Name == "matching");
        using var log = new LogBook(_state.FullName, "daprd", 0);

        using var child = ChildProcess.Start(launches.Single(l => l.Name == "matching-dapr"), log);
        await Eventually.True(() => File.Exists(Path.Combine(_state.FullName, "matching")), "it has written down what it was told");
        var told = await File.ReadAllLinesAsync(Path.Combine(_state.FullName, "matching"));
        await child.StopAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.Equal("matching", After("--app-id"));
        Assert.Equal($"{matching.Addresses["http"].Port}", After("--app-port"));
        Assert.Equal(matching.Environment["DAPR_HTTP_PORT"], After("--dapr-http-port"));
        Assert.Equal("/health", After("--app-health-check-path"));
        Assert.Equal("127.0.0.1", After("--dapr-listen-addresses"));
        Assert.Contains("--enable-app-health-check", told);
        string[] folders = [.. told.Index().Where(line => line.Item == "--resources-path").Select(line => told[line.Index + 1])];
        Assert.Equal(["pubsub.yaml", "resiliency.yaml"], folders.SelectMany(Directory.GetFiles).Select(Path.GetFileName));
        Assert.Contains($"DAPR_API_TOKEN={matching.Environment["DAPR_API_TOKEN"]}", told);
        Assert.Contains($"APP_API_TOKEN={matching.Environment["APP_API_TOKEN"]}", told);

        string After(string option) => told[Array.IndexOf(told, option) + 1];
    }

    [Fact]
    public void Every_process_of_an_app_has_one_with_ports_of_its_own()
    {
        var sidecars = Launches("/usr/bin/daprd", "--broker", "amqp://mq", "--store", "Host=db", "--replicas", "2").Where(l => l.Name.EndsWith("-dapr", StringComparison.Ordinal)).ToList();

        Assert.Equal(8, sidecars.Count);
        Assert.Equal(8 * 3, sidecars.SelectMany(s => s.Command.Index().Where(c => c.Item.EndsWith("-port", StringComparison.Ordinal) && c.Item != "--app-port").Select(c => s.Command[c.Index + 1])).Distinct().Count());
    }

    [Fact]
    public void Its_in_memory_component_reaches_no_other_process_so_the_local_sidecar_is_used_with_that() =>
        Assert.Contains(Launches("/usr/bin/daprd"), l => l.Name == "dapr");

    private IReadOnlyList<Launch> Launches(string daprd, params string[] more)
    {
        string[] settings = ["--region", "saar", "--state", _state.FullName, "--http-port", "0", "--grpc-port", "0", .. more];
        return new LaunchPlan(Topology.Declare(settings).Resources, new StateDirectory(_state.FullName), "saar", daprd).Draw();
    }
}
