using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ecosystem.Catalog.V1;
using Ecosystem.Testing;
using Xunit.Abstractions;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>
/// Many assets through the public door, then many changes while others search. The size follows <c>CATALOG_LOAD</c>, the number of assets
/// (200 when absent; the full run has 10,000), and the rate <c>CATALOG_LOAD_RATE</c>, changes per second (1,000).
/// </summary>
public sealed class LoadTests(CatalogHost catalog, ITestOutputHelper output) : IClassFixture<CatalogHost>
{
    private const int Writers = 16;

    // Words that are no slip of the keyboard of each other.
    private static readonly string[] Rounds = ["Auftakt", "Abschluss"];

    private static readonly int Assets = Number("CATALOG_LOAD", 200);
    private static readonly int Rate = Number("CATALOG_LOAD_RATE", 1_000);

    private readonly DataAssetService.DataAssetServiceClient _holder = catalog.DataAssets(TestTokens.Holder);

    [Fact]
    public async Task Under_load_nothing_is_lost_and_the_order_of_versions_is_kept()
    {
        var watch = Stopwatch.StartNew();
        string[] ids = new string[Assets];
        await EachAsync(async i => ids[i] = (await _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset($"Bestand {i}") })).Id);
        output.WriteLine($"load create: {Assets} assets, {Assets / watch.Elapsed.TotalSeconds:F0} per second");

        using var stop = new CancellationTokenSource();
        Task<int> searching = SearchAsync(stop.Token);
        watch.Restart();
        for (int round = 0; round < Rounds.Length; round++)
        {
            await ChangeAllAsync(ids, round, watch);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        output.WriteLine($"load change: {Assets * Rounds.Length} changes, {Assets * Rounds.Length / seconds:F0} per second while {await searching / seconds:F0} searches per second were answered");

        await EverythingArrivedAsync(ids);
    }

    private async Task ChangeAllAsync(string[] ids, int round, Stopwatch watch)
    {
        int begun = round * Assets;
        await EachAsync(async i =>
        {
            // Never faster than the rate, however fast the catalogue is.
            TimeSpan due = TimeSpan.FromSeconds((double)(begun + i) / Rate);
            if (due - watch.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            await _holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = ids[i], Title = Text($"Bestand {i} {Rounds[round]}") } });
        });
    }

    private async Task EverythingArrivedAsync(string[] ids)
    {
        await Eventually.True(() => catalog.Sidecar.All.Count >= ids.Length * (Rounds.Length + 1), "every change was told", TimeSpan.FromMinutes(3));
        ILookup<string, string> told = catalog.Sidecar.All.ToLookup(e => e.Subject, e => e.Data.GetProperty("version").GetString()!);
        var wrong = new ConcurrentBag<string>();
        await EachAsync(async i =>
        {
            DataAsset asset = await _holder.GetDataAssetAsync(new() { Id = ids[i] });
            ListDataAssetChangesResponse history = await _holder.ListDataAssetChangesAsync(new() { Id = ids[i] });
            bool isWhole = asset.Title.Values["de"] == $"Bestand {i} {Rounds[^1]}"
                && history.Changes.Select(c => c.Version).SequenceEqual([3, 2, 1])
                && told[ids[i]].SequenceEqual(["1", "2", "3"]);
            if (!isWhole)
            {
                wrong.Add($"{ids[i]}: {asset.Title.Values["de"]}, history {string.Join(',', history.Changes.Select(c => c.Version))}, told {string.Join(',', told[ids[i]])}");
            }
        });
        Assert.Empty(wrong);
        SearchDataAssetsResponse last = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = Rounds[^1], PageSize = 1 });
        Assert.Equal(ids.Length, last.Page.TotalSize);
        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = Rounds[0] })).Hits);
    }

    private async Task<int> SearchAsync(CancellationToken stop)
    {
        int answered = 0;
        DataAssetService.DataAssetServiceClient anyone = catalog.DataAssets();
        while (!stop.IsCancellationRequested)
        {
            SearchDataAssetsResponse found = await anyone.SearchDataAssetsAsync(new() { Query = $"Bestand {answered % Assets}", PageSize = 10 }, cancellationToken: CancellationToken.None);
            Assert.Equal(Assets, found.Page.TotalSize);
            answered++;
        }

        return answered;
    }

    private static Task EachAsync(Func<int, Task> work) =>
        Parallel.ForAsync(0, Assets, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, _) => await work(i));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
