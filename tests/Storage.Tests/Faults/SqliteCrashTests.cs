using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

public sealed class SqliteCrashTests(ITestOutputHelper output)
{
    /// <summary>FAULT_ROUNDS sets how often the process is killed; the long run uses 200.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("FAULT_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 6;

    [Fact]
    public async Task A_store_killed_while_it_commits_holds_exactly_the_acknowledged_writes()
    {
        await using var place = new SqlitePlace();
        var random = new Random(4);
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var extra = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            acknowledged.UnionWith(await WriteAndKillAsync(place.Path, acknowledgements: random.Next(1, 60)));

            await using var store = await place.OpenAsync(Clinic.Type);
            var (stored, events) = await ContentAsync(store);
            Assert.Empty(acknowledged.Except(stored));
            Assert.Equal(stored, events); // no half of a unit of work
            extra = stored.Count - acknowledged.Count;
            Assert.InRange(extra, 0, round * CrashingWriter.Concurrency); // decided by the disk, not yet told to anyone
        }

        output.WriteLine($"killed {Rounds} times during commit: {acknowledged.Count} writes acknowledged, 0 lost, 0 half, {extra} committed but not yet acknowledged");
    }

    private static async Task<List<string>> WriteAndKillAsync(string file, int acknowledgements)
    {
        using var writer = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrashingWriter).Assembly.Location, "write", file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var lines = new List<string>();
        while (lines.Count < acknowledgements && await writer.StandardOutput.ReadLineAsync() is { } id)
            lines.Add(id);
        writer.Kill(); // SIGKILL
        while (await writer.StandardOutput.ReadLineAsync() is { } id)
            lines.Add(id); // acknowledged before it died
        await writer.WaitForExitAsync();
        Assert.True(lines.Count >= acknowledgements, "the writer ended by itself");
        if (lines[^1].Length < 36)
            lines.RemoveAt(lines.Count - 1); // died while telling
        return lines;
    }

    private static async Task<(HashSet<string> Documents, HashSet<string> Events)> ContentAsync(OpenStore store)
    {
        await using var session = store.OpenSession();
        var documents = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var clinic in session.StreamAsync(DocumentQuery.For(Clinic.Type)))
        {
            documents.Add(clinic.Id);
            Assert.True(await store.Inbox.ContainsAsync(new EventKey("crash", clinic.Id), default));
        }

        var events = await store.Outbox.ClaimAsync("reader", int.MaxValue, TimeSpan.Zero, default);
        return (documents, events.Select(claim => claim.Event.Subject).ToHashSet(StringComparer.Ordinal));
    }
}
