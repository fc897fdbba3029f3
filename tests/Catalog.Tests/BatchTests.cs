using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>Who synchronises an inventory registers and changes many assets in one step: all or none.</summary>
public sealed class BatchTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private readonly DataAssetService.DataAssetServiceClient _holder = catalog.DataAssets(TestTokens.Holder);

    [Fact]
    public async Task Many_assets_are_registered_and_changed_at_once_with_the_history_and_events_of_single_ones()
    {
        DataAsset[] created = [.. (await _holder.BatchCreateDataAssetsAsync(Create(DataAsset("Sammelband 1"), DataAsset("Sammelband 2"), Draft("Sammelband 3")))).DataAssets];
        Assert.Equal(["Sammelband 1", "Sammelband 2", "Sammelband 3"], created.Select(a => a.Title.Values["de"]));
        Assert.Equal(created[1], await _holder.GetDataAssetAsync(new() { Id = created[1].Id }));

        UpdateDataAssetRequest first = Rename(created[0], "Umbenannt 1");
        first.Reason = "Abgleich mit dem Bestand";
        first.DataAsset.Etag = created[0].Etag;
        BatchUpdateDataAssetsResponse changed = await _holder.BatchUpdateDataAssetsAsync(Update(first, Rename(created[1], "Umbenannt 2")));
        Assert.Equal(["Umbenannt 1", "Umbenannt 2"], changed.DataAssets.Select(a => a.Title.Values["de"]));
        Assert.NotEqual(created[0].Etag, changed.DataAssets[0].Etag);

        ListDataAssetChangesResponse history = await _holder.ListDataAssetChangesAsync(new() { Id = created[0].Id });
        Assert.Equal([2, 1], history.Changes.Select(c => c.Version));
        Assert.Equal("Abgleich mit dem Bestand", history.Changes[0].Reason.Values[string.Empty]);
        Assert.Equal(["title"], history.Changes[0].Fields.Select(f => f.Field));
        PublishedEvent[] told = await catalog.Sidecar.AboutAsync(created[1].Id, atLeast: 2);
        Assert.Equal(["1", "2"], told.Select(e => e.Data.GetProperty("version").GetString()));
        Assert.Equal(2, (await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Umbenannt" })).Page.TotalSize);
    }

    [Fact]
    public async Task What_is_wrong_in_any_of_them_is_named_by_its_place_and_nothing_is_saved()
    {
        DataAsset untitled = DataAsset();
        untitled.Title = null;
        DataAsset boundless = DataAsset("Halbherzig");
        boundless.LandingPage = "nirgendwo";
        boundless.Distributions[0].AccessUrl = "auch nirgendwo";

        RpcException refused = await RefusedAsync(_holder.BatchCreateDataAssetsAsync(Create(DataAsset("Halbherzig"), untitled, boundless)), StatusCode.InvalidArgument);

        Assert.Equal(
            ["requests[1].data_asset.title", "requests[2].data_asset.distributions[0].access_url", "requests[2].data_asset.landing_page"],
            Fields(refused).Order(StringComparer.Ordinal));
        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Halbherzig" })).Hits);
    }

    [Fact]
    public async Task Of_very_many_problems_the_first_are_named_and_all_are_counted()
    {
        RpcException refused = await RefusedAsync(
            _holder.BatchCreateDataAssetsAsync(Create([.. Enumerable.Repeat(new DataAsset { State = PublicationState.Draft }, 60)])), StatusCode.InvalidArgument);

        Assert.Equal(50, Fields(refused).Length);
        Assert.Contains("60 fields must be mended. The first 50 are named.", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task None_or_too_many_at_once_are_refused(int count)
    {
        RpcException refused = await RefusedAsync(_holder.BatchCreateDataAssetsAsync(Create([.. Enumerable.Repeat(Draft("Viel"), count)])), StatusCode.InvalidArgument);
        Assert.Equal(["requests"], Fields(refused));
        Assert.Equal(["requests"], Fields(await RefusedAsync(
            _holder.BatchUpdateDataAssetsAsync(Update([.. Enumerable.Repeat(new UpdateDataAssetRequest(), count)])), StatusCode.InvalidArgument)));
    }

    [Fact]
    public async Task One_of_them_that_is_not_there_or_not_theirs_refuses_all_of_them()
    {
        DataAsset asset = await CreateAsync("Unverändert");

        RpcException missing = await RefusedAsync(_holder.BatchUpdateDataAssetsAsync(Update(Rename(asset, "Verändert"), Rename(new() { Id = "nirgends" }, "Neu"))), StatusCode.NotFound);
        RpcException foreign = await RefusedAsync(
            catalog.DataAssets(TestTokens.Of("krankenkasse-beispiel", "data-holder")).BatchUpdateDataAssetsAsync(Update(Rename(asset, "Fremd"))), StatusCode.PermissionDenied);

        Assert.Equal("requests[1]", RichStatus.ReasonOf(missing)!.Metadata["field"]);
        Assert.StartsWith("requests[1]: ", missing.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(("NOT_THE_HOLDER", "requests[0]"), (RichStatus.ReasonOf(foreign)!.Reason, RichStatus.ReasonOf(foreign)!.Metadata["field"]));
        Assert.Equal(asset, await _holder.GetDataAssetAsync(new() { Id = asset.Id }));
        await RefusedAsync(catalog.DataAssets(TestTokens.Developer).BatchCreateDataAssetsAsync(Create(DataAsset())), StatusCode.PermissionDenied);
        await RefusedAsync(catalog.DataAssets().BatchUpdateDataAssetsAsync(Update(Rename(asset, "Namenlos"))), StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task One_that_others_changed_meanwhile_refuses_all_of_them()
    {
        DataAsset first = await CreateAsync("Erster Stand");
        DataAsset second = await CreateAsync("Zweiter Stand");
        await _holder.UpdateDataAssetAsync(Rename(second, "Inzwischen"));
        UpdateDataAssetRequest late = Rename(second, "Zu spät");
        late.DataAsset.Etag = second.Etag;

        RpcException refused = await RefusedAsync(_holder.BatchUpdateDataAssetsAsync(Update(Rename(first, "Verloren"), late)), StatusCode.Aborted);

        DataAsset current = await _holder.GetDataAssetAsync(new() { Id = second.Id });
        Assert.Equal(("ETAG_MISMATCH", "requests[1]", current.Etag), (RichStatus.ReasonOf(refused)!.Reason, RichStatus.ReasonOf(refused)!.Metadata["field"], RichStatus.ReasonOf(refused)!.Metadata["etag"]));
        Assert.Equal(first, await _holder.GetDataAssetAsync(new() { Id = first.Id }));
        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Verloren" })).Hits);
    }

    [Fact]
    public async Task An_identifier_is_registered_once_also_within_a_batch()
    {
        RpcException refused = await RefusedAsync(
            _holder.BatchCreateDataAssetsAsync(Create(DataAsset("Doppelgänger", "doppelt-1"), DataAsset("Doppelgänger", "doppelt-1"))), StatusCode.AlreadyExists);

        Assert.Equal("IDENTIFIER_TAKEN", RichStatus.ReasonOf(refused)!.Reason);
        Assert.Matches(@"^requests\[[01]\]$", RichStatus.ReasonOf(refused)!.Metadata["field"]);
        Assert.Empty((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Doppelgänger" })).Hits);
    }

    [Fact]
    public async Task The_same_asset_twice_is_refused()
    {
        DataAsset asset = await CreateAsync("Zweimal");
        RpcException refused = await RefusedAsync(_holder.BatchUpdateDataAssetsAsync(Update(Rename(asset, "Hin"), Rename(asset, "Her"))), StatusCode.InvalidArgument);
        Assert.Equal(["requests[1].data_asset.id"], Fields(refused));
    }

    [Fact]
    public async Task Both_are_called_over_rest_too()
    {
        HttpClient rest = catalog.Rest(TestTokens.Holder);
        HttpResponseMessage created = await rest.PostAsJsonAsync("/catalog/v1/data-assets:batchCreate", new { requests = new[] { new { dataAsset = new { title = new { values = new { de = "Rest" } }, state = "PUBLICATION_STATE_DRAFT" } } } });
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        string id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("dataAssets")[0].GetProperty("id").GetString()!;

        HttpResponseMessage changed = await rest.PostAsJsonAsync("/catalog/v1/data-assets:batchUpdate", new { requests = new[] { new { dataAsset = new { id, landingPage = "nirgendwo" } } } });
        Assert.Equal(HttpStatusCode.BadRequest, changed.StatusCode);
        Assert.Equal("requests[0].data_asset.landing_page", (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations")[0].GetProperty("field").GetString());
    }

    private Task<DataAsset> CreateAsync(string title) => _holder.CreateDataAssetAsync(new() { DataAsset = DataAsset(title) }).ResponseAsync;

    private static DataAsset Draft(string title) => new() { Title = Text(title), State = PublicationState.Draft };

    private static BatchCreateDataAssetsRequest Create(params DataAsset[] assets) => new() { Requests = { assets.Select(a => new CreateDataAssetRequest { DataAsset = a }) } };

    private static BatchUpdateDataAssetsRequest Update(params UpdateDataAssetRequest[] changes) => new() { Requests = { changes } };

    private static UpdateDataAssetRequest Rename(DataAsset asset, string title) => new() { DataAsset = new DataAsset { Id = asset.Id, Title = Text(title) } };
}
