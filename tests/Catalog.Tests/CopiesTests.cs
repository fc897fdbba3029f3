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
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }

    private static async Task<int> FoundAsync(CopyHost copy, string query) =>
        (await copy.DataAssets().SearchDataAssetsAsync(new() { Query = query })).Hits.Count;

    private sealed class CopyHost(string database) : CatalogHost
    {
        protected override void Configure(IWebHostBuilder host) => host.UseSetting("ConnectionStrings:catalog", database);
    }
}
