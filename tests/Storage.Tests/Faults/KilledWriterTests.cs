using System.Diagnostics;
using System.Globalization;
using Ecosystem.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

/// <summary>A process is killed while it commits, as by a power cut; what it was told is saved is saved, and nothing by half.</summary>
[Collection(nameof(PostgreSqlFixture))]
public sealed class KilledWriterTests(PostgreSqlFixture postgres, ITestOutputHelper output)
{
    /// <summary>FAULT_ROUNDS sets how often the process is killed; the long run uses 200.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("FAULT_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 6;

    [Fact]
    public async Task A_file_holds_exactly_the_acknowledged_writes()
    {
        await using var place = new SqlitePlace();
        await KillAsync("SQLite", place.Path, place, () => Task.CompletedTask);
    }

    [SkippableFact]
    public async Task A_server_holds_exactly_the_acknowledged_writes()
    {
        var connection = await postgres.Server.CreateDatabaseAsync();
        await using var place = new PostgreSqlPlace(connection);
        await KillAsync("PostgreSQL", connection, place, () => Eventually.True(() => IsAloneAsync(connection), "the server has noticed that the process is gone"));
    }

    private async Task KillAsync(string name, string where, StoreUnderTest place, Func<Task> quiet)
    {
        var random = new Random(4);
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var extra = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            acknowledged.UnionWith(await WriteAndKillAsync(where, acknowledgements: random.Next(1, 60)));
            await quiet();

            await using var store = await place.OpenAsync(Clinic.Type);
            var (stored, events) = await ContentAsync(store);
            Assert.Empty(acknowledged.Except(stored));
            Assert.Equal(stored, events); // no half of a unit of work
            extra = stored.Count - acknowledged.Count;
            Assert.InRange(extra, 0, round * CrashingWriter.Concurrency); // decided by the disk, not yet told to anyone
        }

        output.WriteLine($"{name}: writer killed {Rounds} times during commit: {acknowledged.Count} writes acknowledged, 0 lost, 0 half, {extra} committed but not yet acknowledged");
    }

    private static async Task<List<string>> WriteAndKillAsync(string where, int acknowledgements)
    {
        using var writer = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrashingWriter).Assembly.Location, "write", where])
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

        var events = await store.Outbox.ClaimAsync("reader", new(int.MaxValue), TimeSpan.Zero, default);
        return (documents, events.Select(claim => claim.Event.Subject).ToHashSet(StringComparer.Ordinal));
    }

    private static async Task<bool> IsAloneAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var others = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()", connection);
        return await others.ExecuteScalarAsync() is 0L;
    }
}
