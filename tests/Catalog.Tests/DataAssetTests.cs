using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class DataAssetTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [Fact]
    public async Task A_holder_registers_an_asset_and_anyone_reads_it()
    {
        DataAsset described = DataAsset();
        described.Holder = new() { Id = "somebody-else" };
        described.Id = "chosen-by-caller";

        DataAsset created = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = described });
        DataAsset read = await catalog.DataAssets().GetDataAssetAsync(new() { Id = created.Id });

        Assert.Equal(created, read);
        Assert.Equal("klinikum-beispiel", read.Holder.Id);
        Assert.NotEqual("chosen-by-caller", read.Id);
        Assert.NotEmpty(read.Etag);
        Assert.Equal($"urn:uuid:{read.Id}", read.Identifier);
        Assert.Equal(PublicationState.Published, read.State);
        Assert.Equal("Bochum", Assert.Single(read.Areas).Name);
        Assert.NotNull(read.CreateTime);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        DataAsset wrong = DataAsset();
        wrong.Title = null;
        wrong.ProtectionReason = string.Empty;
        wrong.AccessRights = AccessRights.Unspecified;
        wrong.Themes.Add("Gesundheit");
        wrong.Areas.Add(new Common.V1.Area { Key = "4711" });
        wrong.Contact = new Agent { Name = "Datenstelle", Email = "mailto:daten@example.org x" };
        wrong.Distributions[0].AccessUrl = "ftp://example.org/";

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = wrong }), StatusCode.InvalidArgument);

        Assert.Equal(
            [
                "data_asset.themes[1]", "data_asset.protection_reason", "data_asset.contact.email", "data_asset.areas[1].key",
                "data_asset.distributions[0].access_url", "data_asset.title", "data_asset.access_rights",
            ],
            Fields(refused));
    }

    [Fact]
    public async Task An_empty_request_is_refused_field_by_field()
    {
        RpcException refused = await RefusedAsync(catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new()), StatusCode.InvalidArgument);

        Assert.Contains("data_asset.title", Fields(refused));
        Assert.Contains("data_asset.protection_need", Fields(refused));
    }

    [Theory]
    [InlineData("id;alter;diagnose\n1;45;E11\n2;51;E10\n3;38;E11\n4;77;I10")]
    [InlineData("{\"resourceType\": \"Patient\", \"id\": \"1\"}")]
    public async Task Records_in_disguise_are_refused_with_the_reason(string records)
    {
        DataAsset upload = DataAsset();
        upload.Description = Text(records);

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = upload }), StatusCode.InvalidArgument);

        Assert.Contains("never data", Problem(refused, "data_asset.description.values[de]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_sentences_is_no_table()
    {
        DataAsset described = DataAsset();
        described.Description = Text(string.Join('\n', Enumerable.Repeat("Enthalten sind Alter, Geschlecht, Diagnose und Verlauf, nach Jahr.", 8)));

        await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = described });
    }

    [Fact]
    public async Task A_distribution_that_carries_the_data_is_refused()
    {
        DataAsset upload = DataAsset();
        upload.Distributions[0].AccessUrl = "data:text/csv;base64,aWQ7YWx0ZXIK";

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = upload }), StatusCode.InvalidArgument);

        Assert.Contains("never data", Problem(refused, "data_asset.distributions[0].access_url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_identifier_is_registered_once_per_holder()
    {
        await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset(identifier: "doi:10.1/x") });
        await catalog.DataAssets(TestTokens.OtherHolder).CreateDataAssetAsync(new() { DataAsset = DataAsset(identifier: "doi:10.1/x") });

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset(identifier: "doi:10.1/x") }), StatusCode.AlreadyExists);

        Assert.Equal("IDENTIFIER_TAKEN", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task An_update_changes_what_the_mask_names_and_nothing_else()
    {
        DataAsset created = await CreateAsync();
        var wanted = new DataAsset { Id = created.Id, Title = Text("Neuer Titel"), LandingPage = "https://example.org/ignored" };

        DataAsset updated = await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(
            new() { DataAsset = wanted, UpdateMask = new FieldMask { Paths = { "title", "modalities" } } });

        Assert.Equal("Neuer Titel", updated.Title.Values["de"]);
        Assert.Empty(updated.Modalities);
        Assert.Empty(updated.LandingPage);
        Assert.Equal(created.Description, updated.Description);
        Assert.NotEqual(created.Etag, updated.Etag);
    }

    [Fact]
    public async Task Without_a_mask_the_fields_that_are_filled_in_change()
    {
        DataAsset created = await CreateAsync();

        DataAsset updated = await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(
            new() { DataAsset = new DataAsset { Id = created.Id, Title = Text("Neuer Titel") } });

        Assert.Equal("Neuer Titel", updated.Title.Values["de"]);
        Assert.Equal(created.Keywords, updated.Keywords);
        Assert.Equal(created.Distributions, updated.Distributions);
    }

    [Theory]
    [InlineData("holder")]
    [InlineData("no_such_field")]
    [InlineData("title.values.de")]
    public async Task A_mask_that_names_what_cannot_be_changed_is_refused(string path)
    {
        DataAsset created = await CreateAsync();

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(
                new() { DataAsset = created, UpdateMask = new FieldMask { Paths = { path } } }),
            StatusCode.InvalidArgument);

        Assert.Contains(path, Problem(refused, "update_mask"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_writers_one_wins_and_the_other_learns_the_current_etag()
    {
        DataAsset created = await CreateAsync();
        var first = new DataAsset { Id = created.Id, Etag = created.Etag, Title = Text("Erster") };
        var second = new DataAsset { Id = created.Id, Etag = created.Etag, Title = Text("Zweiter") };
        DataAsset won = await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = first });

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = second }), StatusCode.Aborted);

        Assert.Equal("ETAG_MISMATCH", RichStatus.ReasonOf(refused)!.Reason);
        Assert.Equal(won.Etag, RichStatus.ReasonOf(refused)!.Metadata["etag"]);
        Assert.Equal(won, await catalog.DataAssets().GetDataAssetAsync(new() { Id = created.Id }));
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_wins()
    {
        DataAsset created = await CreateAsync();
        DataAssetService.DataAssetServiceClient client = catalog.DataAssets(TestTokens.Holder);

        StatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await client.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = created.Id, Etag = created.Etag, Title = Text($"Schreiber {i}") } });
                return StatusCode.OK;
            }
            catch (RpcException refused)
            {
                return refused.StatusCode;
            }
        }));

        Assert.Equal(1, answers.Count(a => a == StatusCode.OK));
        Assert.Equal(11, answers.Count(a => a == StatusCode.Aborted));
    }

    [Fact]
    public async Task Another_organisation_may_not_change_the_asset()
    {
        DataAsset created = await CreateAsync();

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.OtherHolder).UpdateDataAssetAsync(new() { DataAsset = created }), StatusCode.PermissionDenied);

        Assert.Equal("NOT_THE_HOLDER", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task An_operator_may_change_it_and_the_holder_stays()
    {
        DataAsset created = await CreateAsync();

        DataAsset updated = await catalog.DataAssets(TestTokens.Operator).UpdateDataAssetAsync(
            new() { DataAsset = new DataAsset { Id = created.Id, Title = Text("Korrigiert") } });

        Assert.Equal("klinikum-beispiel", updated.Holder.Id);
    }

    [Fact]
    public async Task A_caller_without_an_organisation_registers_nothing()
    {
        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Of("", "data-holder")).CreateDataAssetAsync(new() { DataAsset = DataAsset() }), StatusCode.PermissionDenied);

        Assert.Equal("NO_ORGANISATION", RichStatus.ReasonOf(refused)!.Reason);
    }

    [Fact]
    public async Task A_draft_does_not_exist_for_others()
    {
        DataAsset draft = DataAsset("Entwurf Geheimsache");
        draft.State = PublicationState.Draft;
        DataAsset created = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = draft });

        Assert.Equal(created, await catalog.DataAssets(TestTokens.Holder).GetDataAssetAsync(new() { Id = created.Id }));
        Assert.Equal(created, await catalog.DataAssets(TestTokens.Operator).GetDataAssetAsync(new() { Id = created.Id }));
        foreach (string? stranger in new[] { null, TestTokens.OtherHolder })
        {
            await RefusedAsync(catalog.DataAssets(stranger).GetDataAssetAsync(new() { Id = created.Id }), StatusCode.NotFound);
            ListDataAssetsResponse list = await catalog.DataAssets(stranger).ListDataAssetsAsync(new() { PageSize = 200 });
            Assert.DoesNotContain(list.DataAssets, a => a.Id == created.Id);
            SearchDataAssetsResponse found = await catalog.DataAssets(stranger).SearchDataAssetsAsync(new() { Query = "Geheimsache" });
            Assert.DoesNotContain(found.Hits, h => h.DataAsset.Id == created.Id);
        }

        await RefusedAsync(catalog.DataAssets(TestTokens.OtherHolder).UpdateDataAssetAsync(new() { DataAsset = created }), StatusCode.NotFound);
        Assert.Contains((await catalog.DataAssets(TestTokens.Holder).SearchDataAssetsAsync(new() { Query = "Geheimsache" })).Hits, h => h.DataAsset.Id == created.Id);
    }

    [Fact]
    public async Task A_published_asset_cannot_become_a_draft_again()
    {
        DataAsset created = await CreateAsync();

        RpcException refused = await RefusedAsync(
            catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(
                new() { DataAsset = new DataAsset { Id = created.Id, State = PublicationState.Draft } }),
            StatusCode.InvalidArgument);

        Assert.Equal(["data_asset.state"], Fields(refused));
    }

    [Fact]
    public async Task Every_change_is_told_in_order_and_a_draft_only_when_it_is_published()
    {
        DataAsset draft = DataAsset();
        draft.State = PublicationState.Draft;
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = draft });
        Assert.False(catalog.Sidecar.HeardOf(asset.Id));

        await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = asset.Id, State = PublicationState.Published } });
        await catalog.DataAssets(TestTokens.Holder).AttachOfferAsync(new() { Id = asset.Id, PolicyJson = Terms });

        PublishedEvent[] told = await catalog.Sidecar.AboutAsync(asset.Id, atLeast: 2);
        Assert.Equal(
            [("catalog.data-assets", "ecosystem.catalog.events.v1.DataAssetPublished", "2"), ("catalog.data-assets", "ecosystem.catalog.events.v1.OfferAttached", "3")],
            told.Select(e => (e.Topic, e.Type, e.Data.GetProperty("version").GetString()!)));
        Assert.Equal(Terms, told[1].Data.GetProperty("dataAsset").GetProperty("offer").GetProperty("policyJson").GetString());
    }

    private async Task<DataAsset> CreateAsync() =>
        await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = DataAsset() });
}
