using System.Globalization;
using Ecosystem.Testing;
using Xunit.Abstractions;

namespace Ecosystem.Messaging.Tests;

/// <summary>Services, sidecar, broker and database are killed at random while events flow; afterwards every consumer has each effect once and in order.</summary>
public sealed class EverythingKilledTests(ITestOutputHelper output)
{
    /// <summary>FAULT_EVENTS sets how many events are published, in all; the long run uses 100000.</summary>
    private static int Steps { get; } = Math.Max(1, Setting("FAULT_EVENTS", 1500) / (FaultRegion.Services * FaultRegion.Counters));

    private static int Rounds { get; } = Math.Max(8, Setting("FAULT_EVENTS", 0) / 5000);

    private static int Seed { get; } = Setting("FAULT_SEED", 4);

    private static int Total => Steps * FaultRegion.Services * FaultRegion.Counters;

    [SkippableFact]
    public async Task Nothing_is_lost_applied_twice_or_out_of_order_whatever_is_killed()
    {
        await using var region = await FaultRegion.StartAsync(Steps);
        await Task.WhenAll(region.Publishers.Select(publisher => publisher.StartAsync()));
        var random = new Random(Seed);
        var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 1; round <= Rounds; round++)
        {
            var until = (long)Total * round / (Rounds + 2);
            await ReachedAsync(region, until, $"a part of the events has its effect before round {round}");
            await HarmAsync(region, round, random, done);
        }

        await ReachedAsync(region, Total, "every event has its effect everywhere");

        var (twice, disorder) = (0, 0);
        foreach (var store in region.ConsumerStores)
        {
            var noted = await KilledServicesTests.NotedAsync(store);
            Assert.Equal(FaultRegion.Services * FaultRegion.Counters, noted.Count);
            Assert.All(noted, counter => Assert.Equal(Steps, counter.Last));
            twice += noted.Sum(counter => counter.Applied - Steps);
            disorder += noted.Sum(counter => counter.OutOfOrder);
        }

        var parked = (await FaultRegion.CountAsync(region.ConsumerStores, "doc_dead_letters")).Sum();
        output.WriteLine($"seed {Seed}: {Total} events of {FaultRegion.Services} publishers, each to {FaultRegion.Services} consumers, {FaultRegion.Replicas} replicas each.");
        output.WriteLine($"killed with -9 or restarted: {string.Join(", ", done.Select(kind => $"{kind.Key} {kind.Value}"))}");
        output.WriteLine($"applied {string.Join(" + ", await region.AppliedAsync())}; lost 0, applied twice {twice}, out of order {disorder}, parked {parked}");
        Assert.Equal((0, 0, 0L), (twice, disorder, parked));
    }

    private static Task ReachedAsync(FaultRegion region, long events, string because) => Eventually.True(
        async () => (await region.AppliedAsync()).All(applied => applied >= events), because, TimeSpan.FromMinutes(Setting("FAULT_EVENTS", 1500) > 10_000 ? 30 : 3));

    /// <summary>One to three things at a time, and what others need comes back first.</summary>
    private static async Task HarmAsync(FaultRegion region, int round, Random random, SortedDictionary<string, int> done)
    {
        Replica[] all = [.. region.Publishers, .. region.Consumers];
        random.Shuffle(all);
        var (killed, restarted) = (all[0], all[1]);
        List<int> victims = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(5)).Append(round % 5).Distinct().Order()]; // every kind has its turn
        await Task.WhenAll(victims.Select(victim => victim switch
        {
            0 => region.Database.KillAsync(),
            1 => region.Broker.KillAsync(),
            2 => region.Sidecar.KillAsync(),
            3 => restarted.StopAsync(),
            _ => killed.KillAsync(),
        }));
        foreach (var victim in victims)
        {
            await (victim switch
            {
                0 => region.Database.StartAgainAsync(),
                1 => region.Broker.StartAgainAsync(),
                2 => region.Sidecar.StartAsync(),
                3 => restarted.StartAsync(),
                _ => killed.StartAsync(),
            });
            var kind = victim switch { 0 => "database", 1 => "broker", 2 => "sidecar", 3 => "orderly restart", _ => "service" };
            done[kind] = done.GetValueOrDefault(kind) + 1;
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
