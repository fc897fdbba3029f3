using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.Statistics;
using Ecosystem.Catalog.V1;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class StatisticsTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Fact]
    public async Task What_there_is_is_counted_by_area_theme_state_and_month_and_what_is_gone_is_not()
    {
        DataAssetService.DataAssetServiceClient holder = catalog.DataAssets(TestTokens.Holder);
        DataAsset both = DataAsset("Zwei Orte");
        both.Areas.Add(new Common.V1.Area { Key = "05913000" });
        both.DataSpaceThemes.Add([DataSpaceTheme.Health, DataSpaceTheme.City]);
        await holder.CreateDataAssetAsync(new() { DataAsset = both });
        DataAsset draft = DataAsset("Entwurf");
        draft.State = PublicationState.Draft;
        await holder.CreateDataAssetAsync(new() { DataAsset = draft });
        await catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = Competence() });
        SolutionService.SolutionServiceClient provider = catalog.Solutions(TestTokens.Developer);
        await provider.CreateSolutionAsync(new() { Solution = Solution() });
        Solution shortLived = await provider.CreateSolutionAsync(new() { Solution = Solution("Kurzlebig") });
        await catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = ReferenceProject() });
        await catalog.Service<CountCatalogue>().CountAsync(default);
        Assert.Equal(2, (await GetAsync(new())).Total.Solutions);

        await provider.DeleteSolutionAsync(new() { Id = shortLived.Id });
        await catalog.Service<CountCatalogue>().CountAsync(default);

        V1.Statistics all = await GetAsync(new());
        Assert.Equal(new Counts { DataAssets = 1, Competences = 1, Solutions = 1, ReferenceProjects = 1 }, all.Total);
        Assert.Equal(
            ["DataAsset published 1", "Competence unverified 1", "Solution product 1", "ReferenceProject finished 1"],
            all.States.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Kind} {s.State} {s.Count}")));
        AreaCounts land = Assert.Single(all.Areas);
        Assert.Equal(("05", "Nordrhein-Westfalen", new Counts { DataAssets = 1, Solutions = 1, ReferenceProjects = 1 }), (land.Area.Key, land.Area.Name, land.Counts));
        Assert.Equal([DataSpaceTheme.Health, DataSpaceTheme.City], all.Themes.Where(t => t.Counts.DataAssets == 1).Select(t => t.Theme));
        Assert.Equal(12, all.Months.Count);
        Assert.Equal((all.Total, all.Total), (all.Months[^1].Registered, all.Months[^1].Total));
        Assert.Equal((new Counts(), new Counts()), (all.Months[^2].Registered, all.Months[^2].Total));

        V1.Statistics nrw = await GetAsync(new() { AreaKey = "05", MonthCount = 1 });
        Assert.Equal(["05911", "05913"], nrw.Areas.Select(a => a.Area.Key));
        Assert.Equal([1, 1], nrw.Areas.Select(a => a.Counts.DataAssets));
        Assert.Equal((1, 0), (nrw.Total.DataAssets, nrw.Total.Competences));
        Assert.Equal((0, 1), ((await GetAsync(new() { AreaKey = "10" })).Total.DataAssets, (await GetAsync(new() { Theme = DataSpaceTheme.City })).Total.DataAssets));
        Assert.Empty((await GetAsync(new() { AreaKey = "05911000" })).Areas);

        JsonElement rest = await catalog.Rest().GetFromJsonAsync<JsonElement>("/catalog/v1/statistics?areaKey=05911&monthCount=2");
        Assert.Equal(1, rest.GetProperty("total").GetProperty("solutions").GetInt32());
        Assert.Equal(2, rest.GetProperty("months").GetArrayLength());
    }

    [Fact]
    public async Task Questions_that_make_no_sense_are_refused_with_every_field()
    {
        RpcException refused = await RefusedAsync(
            Client.GetStatisticsAsync(new() { AreaKey = "Bochum", MonthCount = 121, Theme = (DataSpaceTheme)99 }), StatusCode.InvalidArgument);

        Assert.Equal(["area_key[0].key", "theme", "month_count"], Fields(refused));
    }

    private StatisticsService.StatisticsServiceClient Client => new(catalog.Invoker(token: null));

    private async Task<V1.Statistics> GetAsync(GetStatisticsRequest request) => await Client.GetStatisticsAsync(request);
}
