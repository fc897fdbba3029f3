using Ecosystem.Testing;
using Npgsql;

namespace Ecosystem.Bench.Storage;

/// <summary>What a hundred times as many documents cost a reader that finds ten of them by an index, in order.</summary>
internal static class Growth
{
    private const double Grown = 0.5; // within a factor of two
    private const int Small = 10_000;
    private const int Large = 1_000_000;
    private const int Chunk = 2_000;

    public static async Task RunAsync(BenchReport report, int rounds, string folder)
    {
        await CompareAsync(report, rounds, "sqlite", size => Task.FromResult($"Data Source={Path.Combine(folder, $"{size}.db")}"));
        await using var server = await PostgreSqlServer.StartAsync(); // reads only: the disk need not be waited for
        if (server.Missing is null)
            await CompareAsync(report, rounds, "postgres", _ => server.CreateDatabaseAsync());
    }

    private static async Task CompareAsync(BenchReport report, int rounds, string name, Func<int, Task<string>> place)
    {
        await using var small = await FilledAsync(name, await place(Small), Small);
        await using var large = await FilledAsync(name, await place(Large), Large);
        var (grown, before) = await StorageArea.AlternateAsync(
            rounds,
            () => StorageArea.RateAsync(1, () => large.QueryAsync(Register.CityOf(StorageArea.Random(Large)))),
            () => StorageArea.RateAsync(1, () => small.QueryAsync(Register.CityOf(StorageArea.Random(Small)))));
        report.Add($"storage.{name}-query-{Large}", $"{Small}", grown, before, "queries/s", Grown);
    }

    /// <summary>What the server does by itself within minutes, and not at a moment of its choice while we measure.</summary>
    private static async Task AnalyzeAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var analyze = source.CreateCommand("VACUUM ANALYZE");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task<OurStore> FilledAsync(string name, string connectionString, int documents)
    {
        await Console.Error.WriteLineAsync($"filling {documents} documents into {name}");
        var store = await OurStore.OpenAsync(connectionString);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, documents).Chunk(Chunk),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (chunk, _) => await store.WriteAsync(chunk.Select(number => Register.Number(number))));
        if (name == "postgres")
            await AnalyzeAsync(connectionString);
        return store;
    }
}
