using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.AppHost.Demo;
using Ecosystem.Testing;
using Google.Protobuf;

namespace Ecosystem.SystemTests;

/// <summary>Two regions on one machine, started by one command.</summary>
public sealed class TwoRegions : RunningSystem
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Options => ["--region", "ruhr", "--region", "saar"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Folders => ["ruhr", "saar"];
}

/// <summary>One region leads to the other, reads where its own catalogue is away, and searches in both, also when only one is left.</summary>
[Collection("running system")]
public sealed class RegionTests(TwoRegions system) : IClassFixture<TwoRegions>
{
    private const string Search = "/federation/v1/data-assets:search?pageSize=200&query=Lunge";

    [Fact]
    public async Task Two_regions_are_one_to_whoever_searches_and_each_is_there_without_the_other()
    {
        using var ruhr = new HttpClient { BaseAddress = system.StateOf("ruhr").Http };
        var here = await RegisterAsync("ruhr");
        var there = await RegisterAsync("saar");

        await OneDoorLeadsToTheOtherAsync(ruhr, there);
        await Eventually.True(async () => Finds(await SearchAsync(ruhr), [("ruhr", here), ("saar", there)]), "the search finds what both regions have");
        Assert.All((await SearchAsync(ruhr)).GetProperty("regions").EnumerateArray(), region => Assert.Equal("STATE_ANSWERED", region.GetProperty("state").GetString()));

        await ReadsMoveWhileTheCatalogueIsAwayAsync(ruhr);
        await TheOtherRegionEndsAsync(ruhr, here);
    }

    private static async Task OneDoorLeadsToTheOtherAsync(HttpClient ruhr, string there)
    {
        using var named = await ruhr.GetAsync($"/r/saar/catalog/v1/data-assets/{there}");
        using var own = await ruhr.GetAsync($"/catalog/v1/data-assets/{there}");

        Assert.Equal((HttpStatusCode.OK, "saar"), (named.StatusCode, named.Headers.GetValues("x-region").Single()));
        Assert.Equal((HttpStatusCode.NotFound, "ruhr"), (own.StatusCode, own.Headers.GetValues("x-region").Single()));
    }

    private async Task ReadsMoveWhileTheCatalogueIsAwayAsync(HttpClient ruhr)
    {
        await Eventually.True(
            async () =>
            {
                Kill(system.StateOf("ruhr").Resources.Single(resource => resource.Name == "catalog").ProcessId);
                using var answer = await ruhr.GetAsync("/catalog/v1/data-assets:search?query=Lunge");
                return answer.IsSuccessStatusCode && answer.Headers.GetValues("x-region").Single() == "saar";
            },
            "the other region answers the read");
        await Eventually.True(
            async () => (await ruhr.GetAsync("/catalog/v1/data-assets:search?query=Lunge")).Headers.GetValues("x-region").Single() == "ruhr",
            "the catalogue is back and answers itself",
            TimeSpan.FromMinutes(3));
    }

    private async Task TheOtherRegionEndsAsync(HttpClient ruhr, string here)
    {
        Kill(system.StateOf("saar").ProcessId);
        await Eventually.True(
            async () => Told(await SearchAsync(ruhr)) is [("ruhr", "STATE_ANSWERED", ""), ("saar", "STATE_UNREACHABLE", { Length: > 0 })], "the search says who is away and why");

        Assert.True(Finds(await SearchAsync(ruhr), [("ruhr", here)]));
        using var named = await ruhr.GetAsync("/r/saar/catalog/v1/data-assets");
        Assert.Equal("REGION_UNREACHABLE", (await named.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reason").GetString());
    }

    private static async Task<JsonElement> SearchAsync(HttpClient door)
    {
        using var answer = await door.GetAsync(Search);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static bool Finds(JsonElement found, (string Region, string Id)[] wanted)
    {
        var hits = found.GetProperty("hits").EnumerateArray().Select(hit => (hit.GetProperty("region").GetString()!, hit.GetProperty("hit").GetProperty("dataAsset").GetProperty("id").GetString()!)).ToHashSet();
        return wanted.All(hits.Contains);
    }

    private static (string Region, string State, string Reason)[] Told(JsonElement found) =>
    [
        .. found.GetProperty("regions").EnumerateArray().Select(region => (
            region.GetProperty("region").GetString()!,
            region.GetProperty("state").GetString()!,
            region.TryGetProperty("reason", out var reason) ? reason.GetString()! : "")),
    ];

    /// <summary>A data asset of the region, registered at its own door with a token of its own realm; its id.</summary>
    private async Task<string> RegisterAsync(string region)
    {
        using var holder = await system.RestAtAsync(region);
        using var body = new StringContent(JsonFormatter.Default.Format(Examples.ChestXRays(TimeProvider.System)), Encoding.UTF8, "application/json");
        using var answer = await holder.PostAsync("/catalog/v1/data-assets", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static void Kill(int? process)
    {
        try
        {
            if (process is { } id)
            {
                using var running = Process.GetProcessById(id);
                running.Kill();
            }
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }
}
