using System.Diagnostics;
using System.Globalization;
using Ecosystem.Testing;
using Xunit.Abstractions;

namespace Ecosystem.Messaging.Tests;

/// <summary>The broker is away for long: publishers keep accepting, and what waits drains in order when it is back.</summary>
public sealed class BrokerAwayTests(ITestOutputHelper output)
{
    /// <summary>BROKER_AWAY_SECONDS is how long it is away at least; the long run uses 60.</summary>
    private static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("BROKER_AWAY_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    [SkippableFact]
    public async Task Publishers_keep_accepting_while_the_broker_is_away_and_the_backlog_drains_in_order()
    {
        var steps = 4 + (2 * Seconds);
        var total = (long)FaultRegion.Services * FaultRegion.Counters * steps;
        await using var region = await FaultRegion.StartAsync(steps);
        await region.Broker.KillAsync();
        var away = Stopwatch.StartNew();
        await Task.WhenAll(region.Publishers.Select(publisher => publisher.StartAsync()));
        await Eventually.True(
            async () => (await FaultRegion.CountAsync(region.PublisherStores, "outbox")).Sum() == total && away.Elapsed.TotalSeconds >= Seconds,
            "every event was accepted although there is no broker", TimeSpan.FromSeconds(120 + (3 * Seconds)));
        var accepted = away.Elapsed;
        Assert.All(await region.AppliedAsync(), applied => Assert.Equal(0, applied));

        await region.Broker.StartAgainAsync();
        var back = Stopwatch.StartNew();
        await Eventually.True(async () => (await region.AppliedAsync()).All(applied => applied == total), "the backlog has drained", TimeSpan.FromMinutes(5));

        foreach (var store in region.ConsumerStores)
            Assert.All(await KilledServicesTests.NotedAsync(store), counter => Assert.Equal((steps, steps, 0), (counter.Applied, (int)counter.Last, counter.OutOfOrder)));
        output.WriteLine($"broker away for {accepted.TotalSeconds:0} s: {total} events accepted meanwhile; drained {back.Elapsed.TotalSeconds:0} s after its return, 0 lost, 0 applied twice, 0 out of order");
    }
}
