using System.Diagnostics;
using System.Net;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Dapr;

public sealed class KilledSidecarTests
{
    [Fact]
    public async Task What_was_acknowledged_is_delivered_in_order_although_the_sidecar_is_killed_again_and_again()
    {
        const int kills = 3;
        const int perRound = 150;
        var logs = Directory.CreateTempSubdirectory("killed-");
        await using var app = await RecordingApp.StartAsync("""[{"pubsubname":"pubsub","topic":"orders","route":"/orders"}]""");
        await using var region = new LocalRegion(PubSubUnderTest.InMemory);
        var config = Path.Combine(logs.FullName, "sidecar.json");
        JsonFile.Write(config, region.Options(("app", app.Address)) with { ApiToken = null, AppToken = null });
        using var probe = new HealthProbe();
        await using var sidecar = new SupervisedProcess(
            new Launch
            {
                Name = "dapr",
                Assembly = RepositoryLayout.AppHostAssembly,
                Arguments = ["sidecar", "--config", config],
                WorkingDirectory = logs.FullName,
                Health = new Uri($"http://127.0.0.1:{region.Ports["app"]}/v1.0/healthz/outbound"),
            },
            new LogBook(logs.FullName, "dapr", 0),
            probe,
            TimeProvider.System,
            () => { });
        await sidecar.StartAsync(CancellationToken.None);

        var acknowledged = new List<int>();
        for (var n = 0; acknowledged.Count < kills * perRound; n++)
        {
            if (await TryPublishAsync(region, n))
            {
                acknowledged.Add(n);
                if (acknowledged.Count % perRound == perRound / 2)
                {
                    Process.GetProcessById(sidecar.ProcessId!.Value).Kill();
                }
            }
        }

        await Eventually.True(
            () => acknowledged.TrueForAll(app.Data.Select(int.Parse).ToHashSet().Contains), "everything acknowledged has been delivered");
        var firsts = app.Data.Select(int.Parse).Distinct().ToList();
        Assert.Equal(firsts.Order(), firsts);
        Assert.Equal(kills, sidecar.Restarts);
        logs.Delete(recursive: true);
    }

    private static async Task<bool> TryPublishAsync(LocalRegion region, int number)
    {
        try
        {
            return (await region.PublishAsync("app", "orders", $"{number}", "text/plain")).StatusCode == HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
