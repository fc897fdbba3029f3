using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class LifeTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private static string Editor => TestTokens.Of("redaktion-beispiel", "editor");

    private DataAssetService.DataAssetServiceClient Holder => catalog.DataAssets(TestTokens.Holder);

    [Fact]
    public async Task A_draft_is_handed_in_and_published_by_an_editor()
    {
        DataAsset draft = await CreateAsync(PublicationState.Draft);
        await MoveAsync(Holder, draft, PublicationState.Review);

        Assert.Equal(PublicationState.Review, (await catalog.DataAssets(Editor).GetDataAssetAsync(new() { Id = draft.Id })).State);
        ListDataAssetsResponse handedIn = await catalog.DataAssets(Editor).ListDataAssetsAsync(new() { States = { PublicationState.Review } });
        Assert.Contains(handedIn.DataAssets, a => a.Id == draft.Id);
        await RefusedAsync(catalog.DataAssets().GetDataAssetAsync(new() { Id = draft.Id }), StatusCode.NotFound);

        DataAsset published = await MoveAsync(catalog.DataAssets(Editor), draft, PublicationState.Published);
        Assert.Equal(PublicationState.Published, published.State);
        Assert.Equal(
            [("catalog.reviews", "ecosystem.catalog.events.v1.DataAssetSubmitted"), ("catalog.data-assets", "ecosystem.catalog.events.v1.DataAssetPublished")],
            (await catalog.Sidecar.AboutAsync(draft.Id, atLeast: 2)).Select(e => (e.Topic, e.Type)));
    }

    [Fact]
    public async Task An_editor_sends_back_with_a_reason_and_never_without()
    {
        DataAsset draft = await CreateAsync(PublicationState.Draft);
        await MoveAsync(Holder, draft, PublicationState.Review);

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(Editor).TransitionDataAssetAsync(new() { Id = draft.Id, State = PublicationState.Draft }), StatusCode.InvalidArgument);
        Assert.Equal(["reason"], Fields(refused));

        await catalog.DataAssets(Editor).TransitionDataAssetAsync(new() { Id = draft.Id, State = PublicationState.Draft, Reason = Text("Die Variablen fehlen.") });
        DataAsset back = await Holder.GetDataAssetAsync(new() { Id = draft.Id });
        Assert.Equal((PublicationState.Draft, "Die Variablen fehlen."), (back.State, back.StateReason.Values["de"]));
    }

    [Fact]
    public async Task A_holder_takes_back_what_it_handed_in_without_a_reason()
    {
        DataAsset draft = await CreateAsync(PublicationState.Draft);
        await MoveAsync(Holder, draft, PublicationState.Review);

        Assert.Equal(PublicationState.Draft, (await MoveAsync(Holder, draft, PublicationState.Draft)).State);
    }

    [Fact]
    public async Task What_is_handed_in_is_not_published_by_its_holder()
    {
        DataAsset draft = await CreateAsync(PublicationState.Draft);
        await MoveAsync(Holder, draft, PublicationState.Review);

        RpcException refused = await RefusedAsync(
            Holder.TransitionDataAssetAsync(new() { Id = draft.Id, State = PublicationState.Published }), StatusCode.PermissionDenied);

        Assert.Equal("NOT_YOUR_TRANSITION", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task A_deprecated_asset_is_found_with_its_reason_and_what_replaces_it()
    {
        DataAsset asset = await CreateAsync(PublicationState.Published, "Altregister Quintessenz");

        await Holder.TransitionDataAssetAsync(new()
        {
            Id = asset.Id, State = PublicationState.Deprecated, Reason = Text("Abgelöst."), ReplacedBy = "https://example.org/neu",
        });

        DataAsset found = Assert.Single((await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Quintessenz" })).Hits).DataAsset;
        Assert.Equal("Abgelöst.", found.StateReason.Values["de"]);
        Assert.Equal("https://example.org/neu", Assert.Single(found.Relations).Target);
        Assert.Equal("ecosystem.catalog.events.v1.DataAssetDeprecated", (await catalog.Sidecar.AboutAsync(asset.Id, atLeast: 2))[1].Type);
    }

    [Fact]
    public async Task A_withdrawn_asset_is_found_no_more_and_says_why_to_whom_knows_it()
    {
        DataAsset asset = await CreateAsync(PublicationState.Published, "Rückzug Wiedehopf");
        await Holder.TransitionDataAssetAsync(new() { Id = asset.Id, State = PublicationState.Withdrawn, Reason = Text("Einwilligungen widerrufen.") });

        Assert.Empty((await catalog.DataAssets(TestTokens.Operator).SearchDataAssetsAsync(new() { Query = "Wiedehopf" })).Hits);
        Assert.DoesNotContain((await catalog.DataAssets().ListDataAssetsAsync(new() { PageSize = 200 })).DataAssets, a => a.Id == asset.Id);
        Assert.Equal("Einwilligungen widerrufen.", (await catalog.DataAssets().GetDataAssetAsync(new() { Id = asset.Id })).StateReason.Values["de"]);
        Assert.Equal("ecosystem.catalog.events.v1.DataAssetWithdrawn", (await catalog.Sidecar.AboutAsync(asset.Id, atLeast: 2))[1].Type);

        RpcException refused = await RefusedAsync(
            Holder.TransitionDataAssetAsync(new() { Id = asset.Id, State = PublicationState.Published }), StatusCode.FailedPrecondition);
        Assert.Equal("NO_SUCH_TRANSITION", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task A_draft_can_be_deleted_and_a_published_asset_cannot()
    {
        DataAsset draft = await CreateAsync(PublicationState.Draft);
        DataAsset published = await CreateAsync(PublicationState.Published);

        await Holder.DeleteDataAssetAsync(new() { Id = draft.Id });
        RpcException refused = await RefusedAsync(Holder.DeleteDataAssetAsync(new() { Id = published.Id }), StatusCode.FailedPrecondition);

        await RefusedAsync(Holder.GetDataAssetAsync(new() { Id = draft.Id }), StatusCode.NotFound);
        Assert.Equal("NOT_A_DRAFT", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task The_history_says_who_changed_what_and_why()
    {
        DataAsset asset = await CreateAsync(PublicationState.Published, "Vorher");
        await Holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = asset.Id, Title = Text("Nachher") } });
        await catalog.DataAssets(TestTokens.Operator).TransitionDataAssetAsync(new() { Id = asset.Id, State = PublicationState.Withdrawn, Reason = Text("Rechtlicher Grund.") });

        ListDataAssetChangesResponse history = await catalog.DataAssets(TestTokens.Of("pruefstelle-beispiel", "auditor")).ListDataAssetChangesAsync(new() { Id = asset.Id });

        Assert.Equal([3, 2, 1], history.Changes.Select(c => c.Version));
        Assert.Equal(["koordinierungsstelle-beispiel", "klinikum-beispiel", "klinikum-beispiel"], history.Changes.Select(c => c.OrganisationId));
        FieldChange title = Assert.Single(history.Changes[1].Fields);
        Assert.Equal(("title", """{ "values": { "de": "Vorher" } }""", """{ "values": { "de": "Nachher" } }"""), (title.Field, title.Before, title.After));
        Assert.Equal("Rechtlicher Grund.", history.Changes[0].Reason.Values["de"]);
        Assert.Equal(["state", "state_reason"], history.Changes[0].Fields.Select(f => f.Field));
        Assert.NotEmpty(history.Changes[1].Subject);
        Assert.Contains(history.Changes[2].Fields, f => f.Field == "distributions" && f.Before.Length == 0);
    }

    [Fact]
    public async Task The_history_is_not_for_strangers()
    {
        DataAsset asset = await CreateAsync(PublicationState.Published);

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.OtherHolder).ListDataAssetChangesAsync(new() { Id = asset.Id }), StatusCode.PermissionDenied);

        Assert.Equal("NOT_THE_HOLDER", RichStatus.ReasonOf(refused)!.Reason);
    }

    private async Task<DataAsset> CreateAsync(PublicationState state, string title = "Lebenslauf")
    {
        DataAsset described = DataAsset(title);
        described.State = state;
        return await Holder.CreateDataAssetAsync(new() { DataAsset = described });
    }

    private static async Task<DataAsset> MoveAsync(DataAssetService.DataAssetServiceClient client, DataAsset asset, PublicationState state) =>
        await client.TransitionDataAssetAsync(new() { Id = asset.Id, State = state });
}
