using Ecosystem.Catalog.V1;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class FindTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Fact]
    public async Task A_list_is_read_to_its_end_although_others_register_meanwhile()
    {
        string token = TestTokens.Of("viel-beispiel", "data-holder");
        var registered = new List<string>();
        for (int i = 0; i < 25; i++)
        {
            registered.Add((await catalog.DataAssets(token).CreateDataAssetAsync(new() { DataAsset = DataAsset($"Bestand {i}") })).Id);
        }

        var read = new List<string>();
        string page = string.Empty;
        do
        {
            ListDataAssetsResponse list = await catalog.DataAssets().ListDataAssetsAsync(new() { HolderId = "viel-beispiel", PageSize = 7, PageToken = page });
            read.AddRange(list.DataAssets.Select(a => a.Id));
            page = list.Page.NextPageToken;
            await catalog.DataAssets(token).CreateDataAssetAsync(new() { DataAsset = DataAsset("Kam dazwischen") });
        }
        while (page.Length > 0);

        registered.Reverse();
        Assert.Equal(registered, read);
    }

    [Fact]
    public async Task A_search_is_read_to_its_end_although_others_register_meanwhile()
    {
        string token = TestTokens.Of("suche-beispiel", "data-holder");
        for (int i = 0; i < 12; i++)
        {
            await catalog.DataAssets(token).CreateDataAssetAsync(new() { DataAsset = DataAsset($"Quittenernte {i}") });
        }

        var read = new List<string>();
        string page = string.Empty;
        do
        {
            SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Quittenernte", PageSize = 5, PageToken = page });
            read.AddRange(found.Hits.Select(h => h.DataAsset.Id));
            page = found.Page.NextPageToken;
            await catalog.DataAssets(token).CreateDataAssetAsync(new() { DataAsset = DataAsset("Quittenernte dazwischen") });
        }
        while (page.Length > 0);

        Assert.Equal(12, read.Count);
        Assert.Equal(12, read.Distinct().Count());
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("eyJ4IjoxfQ==")]
    public async Task A_page_token_that_was_never_given_is_refused(string token)
    {
        Assert.Equal(["page_token"], Fields(await RefusedAsync(catalog.DataAssets().ListDataAssetsAsync(new() { PageToken = token }), StatusCode.InvalidArgument)));
        Assert.Equal(["page_token"], Fields(await RefusedAsync(catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "x", PageToken = token }), StatusCode.InvalidArgument)));
    }

    [Fact]
    public async Task A_search_names_everything_that_is_wrong_with_it()
    {
        RpcException refused = await RefusedAsync(
            catalog.DataAssets().SearchDataAssetsAsync(new() { PageSize = -1, Themes = { "Gesundheit" }, AreaKey = "123" }), StatusCode.InvalidArgument);

        Assert.Equal(["query", "page_size", "themes[0]", "area_key[0].key"], Fields(refused));
    }

    [Theory]
    [InlineData("05", true)]
    [InlineData("05911", true)]
    [InlineData("05911000", true)]
    [InlineData("05913", false)]
    [InlineData("10", false)]
    public async Task An_area_finds_what_lies_in_it(string area, bool isFound)
    {
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset("Erdbeerfeld in Bochum") });

        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Erdbeerfeld", AreaKey = area });

        Assert.Equal(isFound, found.Hits.Any(h => h.DataAsset.Id == asset.Id));
    }

    [Fact]
    public async Task An_area_finds_what_covers_it()
    {
        DataAsset described = DataAsset("Heidelbeerwald im ganzen Land");
        described.Areas[0].Key = "05";
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = described });

        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Heidelbeerwald", AreaKey = "05911000" });

        Assert.Equal("Nordrhein-Westfalen", Assert.Single(found.Hits, h => h.DataAsset.Id == asset.Id).DataAsset.Areas[0].Name);
    }

    [Fact]
    public async Task A_change_is_searchable_at_once_and_after_a_restart()
    {
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset("Stachelbeere") });
        await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = asset.Id, Title = Text("Johannisbeere") } });

        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Stachelbeere" })).Hits);
        DataAssetHit hit = Assert.Single((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Johannisbeeren" })).Hits);
        Assert.Contains("⟦Johannisbeere⟧", hit.Snippet, StringComparison.Ordinal);

        await catalog.RestartAsync();
        Assert.Single((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Johannisbeeren" })).Hits);
    }
}
