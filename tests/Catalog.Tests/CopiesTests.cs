using Ecosystem.Catalog.V1;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Hosting;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>Two copies of the service on one store: whichever is asked, the search answers the same.</summary>
public sealed class CopiesTests
{
    [SkippableFact]
    public async Task What_one_copy_is_told_the_other_finds()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        string database = await server.CreateDatabaseAsync();
        var one = new CopyHost(database);
        var other = new CopyHost(database);
        await one.InitializeAsync();
        await other.InitializeAsync();
        try
        {
            DataAssetService.DataAssetServiceClient atOne = one.DataAssets(TestTokens.Holder);
            DataAsset asset = await atOne.CreateDataAssetAsync(new() { DataAsset = DataAsset("Quittenernte") });
            await one.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = Competence("Quitten zählen") });
            await Eventually.True(async () => await FoundAsync(other, "Quittenernte") == 1, "the other copy had found the asset");
            await Eventually.True(
                async () => (await other.Competences().SearchCompetencesAsync(new() { Query = "Quitten" })).Hits.Count == 1,
                "the other copy had found the competence");

            asset.Title = Text("Mispelernte");
            asset = await atOne.UpdateDataAssetAsync(new() { DataAsset = asset, UpdateMask = FieldMask.FromString("title") });
            await Eventually.True(
                async () => await FoundAsync(other, "Mispelernte") == 1 && await FoundAsync(other, "Quittenernte") == 0,
                "the other copy had found the new title and forgotten the old one");

            await atOne.TransitionDataAssetAsync(new()
            {
                Id = asset.Id, Etag = asset.Etag, State = PublicationState.Withdrawn, Reason = Text("Wird nicht mehr erhoben."),
            });
            await Eventually.True(async () => await FoundAsync(other, "Mispelernte") == 0, "the other copy had forgotten what was withdrawn");

            Solution solution = await one.Solutions(TestTokens.Developer).CreateSolutionAsync(new() { Solution = Solution("Quittenkamera") });
            await Eventually.True(async () => await SolutionsAsync(other) == 1, "the other copy had found the solution");
            await one.Solutions(TestTokens.Developer).DeleteSolutionAsync(new() { Id = solution.Id });
            await Eventually.True(async () => await SolutionsAsync(other) == 0, "the other copy had forgotten what was deleted");

            SavedSearch saved = await one.SavedSearches(TestTokens.Developer).CreateSavedSearchAsync(new()
            {
                SavedSearch = new SavedSearch { Name = "Beispiel", Search = new SearchDataAssetsRequest { Query = "Schlehenernte" }, NotifyByEvent = true },
            });
            asset = await other.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset("Schlehenernte") });
            Assert.Equal(
                [asset.Id],
                (await one.SavedSearches(TestTokens.Developer).ListSavedSearchMatchesAsync(new() { Id = saved.Id })).Matches.Select(m => m.DataAsset.Id));
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }

    /// <summary>How many hits there are, whether or not they can still be shown.</summary>
    private static async Task<long> SolutionsAsync(CopyHost copy) =>
        (await copy.Solutions().SearchSolutionsAsync(new() { Query = "Quittenkamera" })).Page.TotalSize;

    private static async Task<int> FoundAsync(CopyHost copy, string query) =>
        (await copy.DataAssets().SearchDataAssetsAsync(new() { Query = query })).Hits.Count;

    private sealed class CopyHost(string database) : CatalogHost
    {
        protected override void Configure(IWebHostBuilder host) => host.UseSetting("ConnectionStrings:catalog", database);
    }
}
