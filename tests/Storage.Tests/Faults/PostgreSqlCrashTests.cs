using System.Collections.Concurrent;
using System.Globalization;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

/// <summary>The server dies under load; what was acknowledged is there afterwards, and nothing is there that was refused.</summary>
public sealed class PostgreSqlCrashTests(ITestOutputHelper output)
{
    /// <summary>FAULT_ROUNDS sets how often the server is killed, which takes a second or two each; the long run uses 200.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("FAULT_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 3;

    [SkippableFact]
    public async Task A_server_killed_while_it_commits_holds_exactly_the_acknowledged_writes()
    {
        await using var server = await PostgreSqlServer.StartAsync(isDurable: true);
        await using var place = new PostgreSqlPlace(await server.CreateDatabaseAsync());
        await using var store = await place.OpenAsync(Clinic.Type);
        var (acknowledged, refused) = (new ConcurrentDictionary<string, bool>(), new ConcurrentDictionary<string, bool>());
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(store, acknowledged, refused, stop.Token))).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Count;
            await Eventually.True(() => acknowledged.Count > before + 50, "writes go on");
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        var stored = await StoredAsync(store);
        Assert.Empty(acknowledged.Keys.Except(stored));
        Assert.Empty(stored.Except(acknowledged.Keys)); // the outcome of a commit that was cut off was found out, not guessed
        output.WriteLine($"server killed {Kills} times: {acknowledged.Count} writes acknowledged, {refused.Count} refused, 0 lost, 0 refused but stored");
    }

    private static async Task WriteAsync(
        OpenStore store, ConcurrentDictionary<string, bool> acknowledged, ConcurrentDictionary<string, bool> refused, CancellationToken stop)
    {
        var ids = new UuidV7Source(TimeProvider.System);
        while (!stop.IsCancellationRequested)
        {
            var id = ids.Next();
            await using var session = store.OpenSession();
            session.Store(new Clinic { Id = id, Themes = { "a" } });
            session.Publish(new Api { Name = id }, id);
            try
            {
                await session.SaveChangesAsync(CancellationToken.None);
                acknowledged[id] = true;
            }
            catch (StoreUnavailableException)
            {
                refused[id] = true;
                await Task.Delay(50, CancellationToken.None); // not a wait for a condition: a caller that tries again does so after a pause
            }
        }
    }

    private static async Task<HashSet<string>> StoredAsync(OpenStore store)
    {
        await using var session = store.OpenSession();
        var stored = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var clinic in session.StreamAsync(DocumentQuery.For(Clinic.Type)))
            stored.Add(clinic.Id);
        Assert.Equal(stored.Count, (await store.Outbox.StateAsync(default)).Count); // no half of a unit of work
        return stored;
    }
}
