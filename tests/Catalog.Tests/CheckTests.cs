using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Reminders;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

/// <summary>A region that demands a review and whose clock a test moves.</summary>
public sealed class StrictCatalogHost : CatalogHost
{
    public ManualTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected override void Configure(IWebHostBuilder host)
    {
        host.UseSetting("Catalog:Life:ReviewRequired", "true");
        host.ConfigureServices(services => services.AddSingleton<TimeProvider>(Time));
    }
}

public sealed class CheckTests(StrictCatalogHost catalog) : IClassFixture<StrictCatalogHost>
{
    [Fact]
    public async Task After_a_year_the_holder_is_reminded_once_and_until_it_confirms_the_asset_is_overdue()
    {
        DataAsset asset = await catalog.DataAssets(TestTokens.Operator).CreateDataAssetAsync(new() { DataAsset = DataAsset("Jährlich") });
        var reminders = catalog.Service<DueReminders<DataAssetDocument>>();
        catalog.Time.Set(catalog.Time.GetUtcNow() + TimeSpan.FromDays(366));
        await Eventually.True(async () => await reminders.RemindAsync(default) == 0, "everything due was told of, here or by the service itself");
        ListDataAssetsResponse overdue = await catalog.DataAssets().ListDataAssetsAsync(new() { OnlyOverdue = true });
        Assert.Contains(asset.Id, overdue.DataAssets.Select(a => a.Id));
        PublishedEvent[] told = await catalog.Sidecar.AboutAsync(asset.Id, atLeast: 2);
        Assert.Equal(("catalog.checks", "ecosystem.catalog.events.v1.DataAssetCheckDue"), (told[1].Topic, told[1].Type));
        Assert.Single(told, e => e.Topic == "catalog.checks");

        DataAsset confirmed = await catalog.DataAssets(TestTokens.Operator).ConfirmDataAssetAsync(new() { Id = asset.Id, Etag = asset.Etag });
        Assert.True(confirmed.CheckDue > asset.CheckDue);
        overdue = await catalog.DataAssets().ListDataAssetsAsync(new() { OnlyOverdue = true });
        Assert.DoesNotContain(asset.Id, overdue.DataAssets.Select(a => a.Id));
    }

    [Fact]
    public async Task Nobody_confirms_what_it_has_not_seen()
    {
        DataAsset asset = await catalog.DataAssets(TestTokens.Operator).CreateDataAssetAsync(new() { DataAsset = DataAsset("Ungesehen") });

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Operator).ConfirmDataAssetAsync(new() { Id = asset.Id }), StatusCode.InvalidArgument);

        Assert.Equal(["etag"], Fields(refused));
    }

    [Fact]
    public async Task Where_a_review_is_demanded_a_holder_does_not_publish_by_itself()
    {
        DataAssetService.DataAssetServiceClient holder = catalog.DataAssets(TestTokens.Holder);
        RpcException refused = await RefusedAsync(holder.CreateDataAssetAsync(new() { DataAsset = DataAsset() }), StatusCode.FailedPrecondition);
        Assert.Equal("REVIEW_REQUIRED", RichStatus.ReasonOf(refused)!.Reason);

        DataAsset draft = DataAsset();
        draft.State = PublicationState.Draft;
        DataAsset created = await holder.CreateDataAssetAsync(new() { DataAsset = draft });
        await RefusedAsync(
            holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = created.Id, State = PublicationState.Published } }), StatusCode.FailedPrecondition);
        await RefusedAsync(holder.TransitionDataAssetAsync(new() { Id = created.Id, State = PublicationState.Published }), StatusCode.FailedPrecondition);
    }
}
