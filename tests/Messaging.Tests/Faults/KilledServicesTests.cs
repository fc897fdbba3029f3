using System.Globalization;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Ecosystem.Messaging.Tests;

/// <summary>A publisher and a consumer are killed again and again; afterwards every step was applied once and in order.</summary>
public sealed class KilledServicesTests(ITestOutputHelper output) : IDisposable
{
    private const int Counters = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-faults-");

    /// <summary>FAULT_EVENTS sets how many events are sent; the long run uses 100000.</summary>
    private static int Steps => Math.Max(1, (int.TryParse(Environment.GetEnvironmentVariable("FAULT_EVENTS"), CultureInfo.InvariantCulture, out var events) ? events : 1200) / Counters);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task Nothing_is_lost_or_applied_twice_while_services_with_files_are_killed() =>
        KillAsync($"Data Source={Path.Combine(_folder.FullName, "publisher.db")}", $"Data Source={Path.Combine(_folder.FullName, "consumer.db")}", replicas: 1);

    [SkippableFact]
    public async Task Nothing_is_lost_or_applied_twice_while_replicas_on_a_server_are_killed()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await KillAsync(await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), replicas: 2);
    }

    private async Task KillAsync(string publisherStore, string consumerStore, int replicas)
    {
        const int Kills = 8;
        await using var sidecar = await SidecarDouble.StartAsync();
        var publishers = Enumerable.Range(0, replicas).Select(_ => Service("publisher", publisherStore, sidecar, Steps)).ToList();
        var consumers = Enumerable.Range(0, replicas).Select(_ => Service("consumer", consumerStore, sidecar, steps: 0)).ToList();
        await using var broker = new AtLeastOnceBroker(consumers);
        sidecar.OnReceived = broker.Take;
        List<Replica> all = [.. publishers, .. consumers];
        try
        {
            await Task.WhenAll(all.Select(replica => replica.StartAsync()));
            var random = new Random(17);
            for (var kill = 1; kill <= Kills; kill++)
            {
                var until = Math.Min(broker.Delivered + (Counters * Steps / (Kills + 2)), Counters * Steps);
                await Eventually.True(() => broker.Delivered >= until, "events go on");
                var victim = all[random.Next(all.Count)];
                await victim.KillAsync();
                await victim.StartAsync();
            }

            await Eventually.True(() => DistinctReceived(sidecar) == Counters * Steps, "every step was sent");
            await Eventually.True(() => broker.Delivered == sidecar.Received.Count, "every event was acknowledged");
        }
        finally
        {
            foreach (var replica in all)
                await replica.DisposeAsync();
        }

        var noted = await NotedAsync(consumerStore);
        Assert.Equal(Counters, noted.Count);
        Assert.All(noted, counter => Assert.Equal((Steps, Steps, 0), (counter.Applied, (int)counter.Last, counter.OutOfOrder)));
        output.WriteLine(
            $"{Counters * Steps} events, {Kills} kills of {all.Count} processes: {sidecar.Received.Count} sent, {broker.Failed} deliveries failed, 0 lost, 0 applied twice, 0 out of order");
    }

    private static int DistinctReceived(SidecarDouble sidecar) => sidecar.Received.Select(sent => sent.Text("id")).Distinct(StringComparer.Ordinal).Count();

    private static Replica Service(string name, string store, SidecarDouble sidecar, int steps) => new(new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["APP_ID"] = name,
        ["ConnectionStrings__" + name] = store,
        ["DAPR_HTTP_ENDPOINT"] = sidecar.Address.ToString(),
        ["COUNTERS"] = Counters.ToString(CultureInfo.InvariantCulture),
        ["STEPS"] = steps.ToString(CultureInfo.InvariantCulture),
    });

    internal static async Task<List<Noted>> NotedAsync(string store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "consumer" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:consumer", store)]);
        builder.AddDocumentStore(Noted.Type);
        using var host = builder.Build();
        await host.StartAsync();
        await using var session = host.Services.GetRequiredService<IDocumentStore>().OpenSession();
        var noted = new List<Noted>();
        await foreach (var counter in session.StreamAsync(DocumentQuery.For(Noted.Type)))
            noted.Add(counter);
        await host.StopAsync();
        return noted;
    }
}
