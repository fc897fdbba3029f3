using System.Diagnostics;
using Ecosystem.Testing;

namespace Ecosystem.Bench.Messaging;

/// <summary>
/// Events from the transaction of one service to the committed effect in another, against the bare client of the same broker publishing
/// with confirms and consuming with acknowledgements.
/// </summary>
internal static class MessagingArea
{
    private const double AgainstBareClient = 0.3;
    private const int Callers = 64; // publishes in flight, on both sides
    private const int Events = 10_000;
    private const ushort Prefetch = 500;

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        await using var broker = await RabbitMqServer.StartAsync();
        if (broker.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"messaging is left out: {missing}");
            return;
        }

        await using var bare = await BareRabbitMq.OpenAsync(broker.Address, Sample.Payload(), Callers, Prefetch);
        var folder = Directory.CreateTempSubdirectory("ecosystem-bench-");
        try
        {
            await CompareAsync(report, rounds, "sqlite", bare, folder.CreateSubdirectory("sqlite"), broker.Address, name => $"Data Source={Path.Combine(folder.FullName, name + ".db")}");
            await using var server = await PostgreSqlServer.StartAsync(isDurable: true);
            if (server.Missing is null)
            {
                var stores = new Dictionary<string, string> { ["publisher"] = await server.CreateDatabaseAsync(), ["consumer"] = await server.CreateDatabaseAsync() };
                await CompareAsync(report, rounds, "postgres", bare, folder.CreateSubdirectory("postgres"), broker.Address, name => stores[name]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(BenchReport report, int rounds, string store, BareRabbitMq bare, DirectoryInfo folder, Uri broker, Func<string, string> storeOf)
    {
        await using var ours = await OurServices.StartAsync(folder, broker, storeOf("publisher"), storeOf("consumer"), Prefetch);
        var (our, their) = (new List<double>(), new List<double>());
        var number = 0L;
        await RateAsync(Events / 10, _ => ours.PublishAsync(Interlocked.Increment(ref number)), () => ours.Handled); // warm
        await RateAsync(Events / 10, bare.PublishAsync, () => bare.Handled);
        for (var round = 0; round < rounds; round++)
        {
            our.Add(await RateAsync(Events, _ => ours.PublishAsync(Interlocked.Increment(ref number)), () => ours.Handled));
            their.Add(await RateAsync(Events, bare.PublishAsync, () => bare.Handled));
            await Console.Error.WriteLineAsync($"messaging.{store} round {round + 1}: ours {our[^1]:0} bare {their[^1]:0} events/s");
        }

        report.Add($"messaging.{store}-end-to-end", "bare", our, their, "events/s", AgainstBareClient);
    }

    /// <summary>Events per second from the first publish to the last effect.</summary>
    private static async Task<double> RateAsync(int events, Func<int, Task> publish, Func<long> handled)
    {
        var until = handled() + events;
        var left = events;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await publish(caller);
        })));
        var published = clock.Elapsed;
        await Eventually.True(() => handled() >= until, $"all {events} events have had their effect");
        await Console.Error.WriteLineAsync($"  {events} published in {published.TotalSeconds:0.00} s, handled after {clock.Elapsed.TotalSeconds:0.00} s");
        return events / clock.Elapsed.TotalSeconds;
    }
}
