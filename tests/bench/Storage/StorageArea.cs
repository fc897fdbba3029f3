using System.Diagnostics;
using Ecosystem.Testing;

namespace Ecosystem.Bench.Storage;

/// <summary>Documents against the bare drivers doing the same statements with the same durability.</summary>
internal static class StorageArea
{
    private const double AgainstDriver = 0.8;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1.5);

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("ecosystem-bench-");
        try
        {
            await SqliteAsync(report, rounds, folder.FullName);
            await PostgreSqlAsync(report, rounds);
            await Growth.RunAsync(report, rounds, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task SqliteAsync(BenchReport report, int rounds, string folder)
    {
        await using var ours = await OurStore.OpenAsync($"Data Source={Path.Combine(folder, "ours.db")}");
        await using var bare = new BareSqlite(Path.Combine(folder, "bare.db"));
        await CompareAsync(report, rounds, "sqlite", "bare", ours, bare);
    }

    private static async Task PostgreSqlAsync(BenchReport report, int rounds)
    {
        await using var server = await PostgreSqlServer.StartAsync(isDurable: true);
        if (server.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"storage.postgres is left out: {missing}");
            return;
        }

        await using var ours = await OurStore.OpenAsync(await server.CreateDatabaseAsync());
        await using var bare = await BareNpgsql.OpenAsync(await server.CreateDatabaseAsync());
        await CompareAsync(report, rounds, "postgres", "bare", ours, bare);
    }

    private static async Task CompareAsync(BenchReport report, int rounds, string store, string peer, OurStore ours, IPlace theirs)
    {
        var (ourNumber, theirNumber) = (0L, 0L);
        foreach (var callers in (int[])[1, 16])
        {
            var (our, their) = await AlternateAsync(
                rounds,
                () => RateAsync(callers, () => ours.WriteAsync(Register.Number(Interlocked.Increment(ref ourNumber)))),
                () => RateAsync(callers, () => theirs.WriteAsync(Register.Number(Interlocked.Increment(ref theirNumber)))));
            report.Add($"storage.{store}-write-{callers}", peer, our, their, "documents/s", AgainstDriver);
        }

        var stored = Math.Min(ourNumber, theirNumber);
        var (ourReads, theirReads) = await AlternateAsync(
            rounds,
            () => RateAsync(1, () => ours.ReadAsync(Register.Number(Random(stored)).Id)),
            () => RateAsync(1, () => theirs.ReadAsync(Register.Number(Random(stored)).Id)));
        report.Add($"storage.{store}-read", peer, ourReads, theirReads, "documents/s", AgainstDriver);
    }

    public static async Task<(List<double> Ours, List<double> Theirs)> AlternateAsync(int rounds, Func<Task<double>> ours, Func<Task<double>> theirs)
    {
        var (our, their) = (new List<double>(), new List<double>());
        await ours(); // not counted: the compiler and the caches warm up
        await theirs();
        for (var round = 0; round < rounds; round++)
        {
            our.Add(await ours());
            their.Add(await theirs());
        }

        return (our, their);
    }

    public static async Task<double> RateAsync(int callers, Func<Task> call)
    {
        var clock = Stopwatch.StartNew();
        var calls = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; clock.Elapsed < Time; count++)
                await call();
            return count;
        })));
        return calls.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Spreads over the documents without order; the same for both sides.</summary>
    public static long Random(long below) => (long)((ulong)Stopwatch.GetTimestamp() * 0x9E3779B97F4A7C15UL % (ulong)Math.Max(1, below - 1)) + 1;
}
