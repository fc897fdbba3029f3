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
/// (200 when absent; the full run has 10,000), the rates <c>CATALOG_LOAD_RATE</c>, changes per second at most (0, as fast as it goes, when
/// absent), and <c>CATALOG_LOAD_SEARCHES</c>, searches per second (20).
/// </summary>
public sealed class LoadTests(CatalogHost catalog, ITestOutputHelper output) : IClassFixture<CatalogHost>
{
    private const int Writers = 16;

    private static readonly int Assets = Number("CATALOG_LOAD", 200);
    private static readonly int Rate = Number("CATALOG_LOAD_RATE", 0);
    private static readonly int Searches = Number("CATALOG_LOAD_SEARCHES", 20);

    private readonly DataAssetService.DataAssetServiceClient _holder = catalog.DataAssets(TestTokens.Holder);

    [Theory]
    [InlineData("Einzelstueck", 1, "Auftakt", "Abschluss")] // words that are no slip of the keyboard of each other
    [InlineData("Sammelbestand", 100, "Anbeginn", "Vollendung")]
    public async Task Under_load_nothing_is_lost_and_the_order_of_versions_is_kept(string name, int batch, params string[] rounds)
    {
        string[] titles = [.. Enumerable.Range(batch == 1 ? 0 : Assets, Assets).Select(number => $"{name} {number}")];
        var watch = Stopwatch.StartNew();
        string[] ids = new string[Assets];
        await EachBatchAsync(batch, async places => (await CreateAsync([.. places.Select(i => DataAsset(titles[i]))])).CopyTo(ids, places[0]));
        output.WriteLine($"load create by {batch}: {Assets} assets, {Assets / watch.Elapsed.TotalSeconds:F0} per second");

        using var stop = new CancellationTokenSource();
        Task<int> searching = SearchAsync(titles, stop.Token);
        TimeSpan worked = Environment.CpuUsage.TotalTime;
        watch.Restart();
        for (int round = 0; round < rounds.Length; round++)
        {
            int begun = round * Assets;
            string word = rounds[round];
            await EachBatchAsync(batch, async places =>
            {
                await DueAsync(begun + places[0], watch);
                await UpdateAsync([.. places.Select(i => new UpdateDataAssetRequest { DataAsset = new DataAsset { Id = ids[i], Title = Text($"{titles[i]} {word}") } })]);
            });
        }

        double seconds = watch.Elapsed.TotalSeconds;
        double work = (Environment.CpuUsage.TotalTime - worked).TotalMilliseconds / (Assets * rounds.Length);
        await stop.CancelAsync();
        output.WriteLine($"load change by {batch}: {Assets * rounds.Length} changes, {Assets * rounds.Length / seconds:F0} per second while {await searching / seconds:F0} searches per second ({Searches} wanted) were answered; {work:F2} ms of processor time a change, for both ends, the events and the searches");

        await EverythingArrivedAsync(ids, [.. titles.Select(title => $"{title} {rounds[^1]}")]);
        SearchDataAssetsResponse last = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = rounds[^1], PageSize = 1 });
        Assert.Equal(Assets, last.Page.TotalSize);
        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = rounds[0] })).Hits);
    }

    private async Task<string[]> CreateAsync(DataAsset[] assets) => assets is [var single]
        ? [(await _holder.CreateDataAssetAsync(new() { DataAsset = single })).Id]
        : [.. (await _holder.BatchCreateDataAssetsAsync(new() { Requests = { assets.Select(a => new CreateDataAssetRequest { DataAsset = a }) } })).DataAssets.Select(a => a.Id)];

    private async Task UpdateAsync(UpdateDataAssetRequest[] changes)
    {
        if (changes is [var single])
        {
            await _holder.UpdateDataAssetAsync(single);
        }
        else
        {
            await _holder.BatchUpdateDataAssetsAsync(new() { Requests = { changes } });
        }
    }

    /// <summary>Never faster than the rate, however fast the catalogue is.</summary>
    private static Task DueAsync(int begun, Stopwatch watch) =>
        Rate > 0 && TimeSpan.FromSeconds((double)begun / Rate) - watch.Elapsed is { Ticks: > 0 } early ? Task.Delay(early) : Task.CompletedTask;

    private async Task EverythingArrivedAsync(string[] ids, string[] titles)
    {
        HashSet<string> ours = [.. ids];
        await Eventually.True(() => catalog.Sidecar.All.Count(e => ours.Contains(e.Subject)) >= ids.Length * 3, "every change was told", TimeSpan.FromMinutes(3));
        ILookup<string, string> told = catalog.Sidecar.All.Where(e => ours.Contains(e.Subject)).ToLookup(e => e.Subject, e => e.Data.GetProperty("version").GetString()!);
        var wrong = new ConcurrentBag<string>();
        await EachBatchAsync(1, async places =>
        {
            int i = places[0];
            DataAsset asset = await _holder.GetDataAssetAsync(new() { Id = ids[i] });
            ListDataAssetChangesResponse history = await _holder.ListDataAssetChangesAsync(new() { Id = ids[i] });
            bool isWhole = asset.Title.Values["de"] == titles[i]
                && history.Changes.Select(c => c.Version).SequenceEqual([3, 2, 1])
                && told[ids[i]].SequenceEqual(["1", "2", "3"]);
            if (!isWhole)
            {
                wrong.Add($"{ids[i]}: {asset.Title.Values["de"]}, history {string.Join(',', history.Changes.Select(c => c.Version))}, told {string.Join(',', told[ids[i]])}");
            }
        });
        Assert.Empty(wrong);
    }

    /// <summary>Asks at a steady rate, and makes up for what came late.</summary>
    private async Task<int> SearchAsync(string[] titles, CancellationToken stop)
    {
        int answered = 0;
        DataAssetService.DataAssetServiceClient anyone = catalog.DataAssets();
        var watch = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            SearchDataAssetsResponse found = await anyone.SearchDataAssetsAsync(new() { Query = titles[answered % Assets], PageSize = 10 }, cancellationToken: CancellationToken.None);
            Assert.Equal(Assets, found.Page.TotalSize);
            answered++;
            if (TimeSpan.FromSeconds((double)answered / Searches) - watch.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early, CancellationToken.None);
            }
        }

        return answered;
    }

    private static Task EachBatchAsync(int size, Func<int[], Task> work) => Parallel.ForEachAsync(
        Enumerable.Range(0, Assets).Chunk(size), new ParallelOptions { MaxDegreeOfParallelism = size == 1 ? Writers : 4 }, async (places, _) => await work(places));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
