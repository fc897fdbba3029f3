using System.Net;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>Narrowing a search, what is suggested while somebody types, and what is like an asset.</summary>
public sealed class FacetTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private const string Csv = "http://publications.europa.eu/resource/authority/file-type/CSV";

    [Fact]
    public async Task Every_facet_is_counted_with_the_values_that_a_request_takes()
    {
        DataAsset asset = DataAsset("Walderdbeere");
        asset.DataSpaceThemes.Add(DataSpaceTheme.Health);
        asset.Distributions[0].Format = Csv;
        asset.Temporal = Years(2019, 2021);
        await CreateAsync(asset);

        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new()
        {
            Query = "Walderdbeere", Facets = { System.Enum.GetValues<DataAssetFacet>().Where(facet => facet != DataAssetFacet.Unspecified) },
        });

        Assert.Equal(
            new Dictionary<DataAssetFacet, string>
            {
                [DataAssetFacet.Theme] = "http://publications.europa.eu/resource/authority/data-theme/HEAL",
                [DataAssetFacet.HealthCategory] = HealthRecords,
                [DataAssetFacet.DataSpaceTheme] = "DATA_SPACE_THEME_HEALTH",
                [DataAssetFacet.ProtectionNeed] = "PROTECTION_NEED_HIGH",
                [DataAssetFacet.AccessRights] = "ACCESS_RIGHTS_NON_PUBLIC",
                [DataAssetFacet.State] = "PUBLICATION_STATE_PUBLISHED",
                [DataAssetFacet.Format] = Csv,
                [DataAssetFacet.Holder] = "klinikum-beispiel",
                [DataAssetFacet.Area] = "05 05911 05911000",
                [DataAssetFacet.Year] = "2019 2020 2021",
            },
            found.Facets.ToDictionary(facet => facet.Facet, facet => string.Join(' ', facet.Values.Select(value => value.Value))));
        Assert.All(found.Facets.SelectMany(facet => facet.Values), value => Assert.Equal(1, value.Count));
        Assert.Equal("Nordrhein-Westfalen", found.Facets.Single(facet => facet.Facet == DataAssetFacet.Area).Values[0].Name);
    }

    [Fact]
    public async Task A_condition_narrows_what_is_found_and_keeps_the_counts_of_its_own_facet()
    {
        await CreateAsync(DataAsset("Preiselbeere eins"));
        DataAsset open = DataAsset("Preiselbeere zwei");
        open.ProtectionNeed = ProtectionNeed.Normal;
        open.ProtectionReason = string.Empty;
        DataAsset normal = await CreateAsync(open);

        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new()
        {
            Query = "Preiselbeere", ProtectionNeeds = { ProtectionNeed.Normal }, Facets = { DataAssetFacet.ProtectionNeed, DataAssetFacet.State },
        });

        Assert.Equal([normal.Id], found.Hits.Select(hit => hit.DataAsset.Id));
        Assert.Equal(["PROTECTION_NEED_HIGH", "PROTECTION_NEED_NORMAL"], found.Facets[0].Values.Select(value => value.Value).Order(StringComparer.Ordinal));
        Assert.Equal(1, Assert.Single(found.Facets[1].Values).Count);
    }

    [Theory]
    [InlineData(2020, 2020, true)]
    [InlineData(2021, 2030, true)]
    [InlineData(2022, 2030, false)]
    [InlineData(1990, 2018, false)]
    public async Task Years_find_what_covers_any_of_them(int from, int until, bool isFound)
    {
        DataAsset asset = DataAsset($"Moosbeere {from}");
        asset.Temporal = Years(2019, 2021);
        asset = await CreateAsync(asset);

        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Moosbeere", FromYear = from, UntilYear = until });

        Assert.Equal(isFound, found.Hits.Any(hit => hit.DataAsset.Id == asset.Id));
    }

    [Fact]
    public async Task Conditions_that_cannot_be_met_are_named_together()
    {
        RpcException refused = await RefusedAsync(
            catalog.DataAssets().SearchDataAssetsAsync(new()
            {
                Query = "x", HealthCategories = { "Akten" }, Facets = { DataAssetFacet.Unspecified }, FromYear = 2020, UntilYear = 2019,
            }),
            StatusCode.InvalidArgument);

        Assert.Equal(["health_categories[0]", "facets", "until_year"], Fields(refused));
    }

    [Fact]
    public async Task What_is_being_typed_is_completed_also_when_it_is_misspelt()
    {
        await CreateAsync(DataAsset("Sanddornregister am Deich"));

        Assert.Equal(["Sanddornregister am Deich"], (await catalog.DataAssets().SuggestDataAssetsAsync(new() { Query = "sandd" })).Suggestions);
        Assert.Single((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Sandornregister" })).Hits);
        Assert.Single((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "\"Sanddornregister am Deich\"" })).Hits);
        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "\"Deich Sanddornregister\"" })).Hits);
    }

    [Fact]
    public async Task Nobody_is_told_of_the_drafts_of_others()
    {
        DataAsset draft = DataAsset("Geheimbeere im Entwurf");
        draft.State = PublicationState.Draft;
        draft = await CreateAsync(draft);

        Assert.Empty((await catalog.DataAssets().SuggestDataAssetsAsync(new() { Query = "geheimb" })).Suggestions);
        Assert.Single((await catalog.DataAssets(TestTokens.Holder).SuggestDataAssetsAsync(new() { Query = "geheimb" })).Suggestions);
        await RefusedAsync(catalog.DataAssets().ListSimilarDataAssetsAsync(new() { Id = draft.Id }), StatusCode.NotFound);
    }

    [Fact]
    public async Task Suggestions_and_similar_assets_are_there_by_REST()
    {
        DataAsset first = await CreateAsync(DataAsset("Holunderblüte im Tal"));
        DataAsset second = await CreateAsync(DataAsset("Holunderblüte am Berg"));

        using JsonDocument suggested = JsonDocument.Parse(await catalog.Rest().GetStringAsync(new Uri("/catalog/v1/data-assets:suggest?query=holunderbluete", UriKind.Relative)));
        using JsonDocument similar = JsonDocument.Parse(await catalog.Rest().GetStringAsync(new Uri($"/catalog/v1/data-assets/{first.Id}/similar", UriKind.Relative)));
        using HttpResponseMessage unknown = await catalog.Rest().GetAsync(new Uri("/catalog/v1/data-assets/unknown/similar", UriKind.Relative));

        Assert.Equal(2, suggested.RootElement.GetProperty("suggestions").GetArrayLength());
        Assert.Equal(second.Id, similar.RootElement.GetProperty("hits")[0].GetProperty("dataAsset").GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Period Years(int first, int last) => new()
    {
        Start = Timestamp.FromDateTime(new DateTime(first, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        End = Timestamp.FromDateTime(new DateTime(last + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
    };

    private async Task<DataAsset> CreateAsync(DataAsset asset) => await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = asset });
}
