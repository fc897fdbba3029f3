using System.Diagnostics;
using Ecosystem.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Ecosystem.Storage.Tests;

/// <summary>Two real processes of one service on one database.</summary>
[Collection(nameof(PostgreSqlFixture))]
public sealed class ReplicaTests(PostgreSqlFixture postgres, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Processes_that_start_together_on_a_new_store_count_without_gaps_and_send_in_order()
    {
        var connection = await DatabaseAsync();
        using var one = Start(connection, "newer", numbers: 60);
        using var other = Start(connection, "newer", numbers: 60);

        await FinishAsync(connection, total: 120, one, other);
    }

    [SkippableFact]
    public async Task An_index_that_comes_with_a_new_release_finds_what_the_older_process_writes_meanwhile()
    {
        var connection = await DatabaseAsync();
        using var older = Start(connection, "older", numbers: 120);
        Assert.Equal("open", await older.StandardOutput.ReadLineAsync());
        using var newer = Start(connection, "newer", numbers: 40);

        await FinishAsync(connection, total: 160, older, newer);
    }

    private async Task FinishAsync(string connection, int total, params Process[] replicas)
    {
        foreach (var replica in replicas)
            await ReadUntilAsync(replica, "written");
        await Eventually.True(async () => (await SentAsync(connection)).Count >= total, "everything is sent");
        var found = new List<string>();
        foreach (var replica in replicas.Reverse())
        {
            replica.StandardInput.Close();
            found.AddRange((await replica.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            await replica.WaitForExitAsync();
            Assert.Equal(0, replica.ExitCode);
        }

        var sent = await SentAsync(connection);
        Assert.Equal(Enumerable.Range(1, total), sent.Select(one => one.Number)); // none lost, none twice, in order
        Assert.NotEmpty(found);
        Assert.All(found, line => Assert.Equal($"found {total}", line));
        output.WriteLine(
            $"2 processes counted to {total}: 0 numbers lost or repeated, {sent.Count} events sent in order by " +
            $"{sent.Select(one => one.Relay).Distinct(StringComparer.Ordinal).Count()} relays, {found[0]} by the index");
    }

    private async Task<string> DatabaseAsync()
    {
        var connection = await postgres.Server.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connection);
        await using var create = source.CreateCommand("CREATE TABLE broker (place bigserial PRIMARY KEY, number integer NOT NULL, relay text NOT NULL)");
        await create.ExecuteNonQueryAsync();
        return connection;
    }

    private static Process Start(string connection, string release, int numbers) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Replica).Assembly.Location, "replica", connection, release, $"{numbers}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static async Task ReadUntilAsync(Process replica, string line)
    {
        while (await replica.StandardOutput.ReadLineAsync() is { } said)
        {
            if (said == line)
                return;
        }

        Assert.Fail($"a replica ended by itself, before it said '{line}'");
    }

    private static async Task<List<(int Number, string Relay)>> SentAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var read = source.CreateCommand("SELECT number, relay FROM broker ORDER BY place");
        await using var rows = await read.ExecuteReaderAsync();
        var sent = new List<(int, string)>();
        while (await rows.ReadAsync())
            sent.Add((rows.GetInt32(0), rows.GetString(1)));
        return sent;
    }
}
