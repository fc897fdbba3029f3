using Ecosystem.Catalog.V1;
using Ecosystem.Rdf;
using Ecosystem.Testing;
using static Ecosystem.Catalog.Tests.Examples;

namespace Ecosystem.Catalog.Tests;

public sealed class ExportTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    [SkippableFact]
    public async Task What_was_imported_comes_out_saying_the_same()
    {
        string turtle = await File.ReadAllTextAsync(SharedFolder.Path("data/rki-catalogue/Robert_Koch-Institut_DCAT-AP-DE.ttl"));
        await catalog.DataAssets(TestTokens.Of("rki-beispiel", "data-holder")).ImportDataAssetsAsync(new() { Turtle = turtle, DefaultHealthCategories = { HealthRecords } });

        string page = string.Empty;
        string other = TestTokens.Of("spiegel-beispiel", "data-holder");
        do
        {
            ExportDataAssetsResponse export = await catalog.DataAssets().ExportDataAssetsAsync(new() { HolderId = "rki-beispiel", PageSize = 15, PageToken = page });
            ImportDataAssetsResponse report = await catalog.DataAssets(other).ImportDataAssetsAsync(new() { Turtle = export.Turtle, DefaultHealthCategories = { HealthRecords } });
            Assert.Equal(0, report.Refused);
            Assert.All(report.Records, r => Assert.Empty(r.Remarks));
            page = export.Page.NextPageToken;
        }
        while (page.Length > 0);

        DataAsset[] originals = await OfAsync("rki-beispiel");
        DataAsset[] copies = await OfAsync("spiegel-beispiel");
        Assert.Equal(39, copies.Length);
        Assert.Equal(originals, copies);
    }

    [Fact]
    public async Task Every_field_with_a_word_in_DCAT_AP_survives_the_way_there_and_back()
    {
        DataAsset described = DataAsset(identifier: "https://example.org/data/whole");
        (described.AccessRights, described.ProtectionNeed, described.ProtectionReason) = (AccessRights.Public, ProtectionNeed.Normal, string.Empty);
        described.Types_.Clear();
        described.Provenance.Clear();
        described.Title.Values["en"] = "Chest \"CT\" images";
        described.License = "https://creativecommons.org/licenses/by/4.0/";
        described.Publisher = new Agent { Name = "Klinikum", Email = "daten@example.org", Url = "https://example.org/" };
        described.Contact = new Agent { Name = "Datenstelle", Email = "daten@example.org", Url = "https://example.org/daten" };
        described.Temporal = new() { Start = new() { Seconds = 1_500_000_000 }, End = new() { Seconds = 1_600_000_000, Nanos = 500_000_000 } };
        described.LandingPage = "https://example.org/daten/ct";
        described.Issued = new() { Seconds = 1_700_000_000 };
        described.Distributions[0] = new Distribution
        {
            AccessUrl = "https://connector.example.org/x", DownloadUrl = "https://example.org/x.zip", License = described.License, Format = "application/dicom",
            ByteSize = 5_000_000_000, Attribution = "Klinikum (2026)", Languages = { "de" }, Title = Text("Konnektor"), Description = Text("Weg zu den Daten"),
        };
        described.Areas.Add(new Common.V1.Area { Key = "05562" });
        await catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = described });

        string turtle = (await catalog.DataAssets().ExportDataAssetsAsync(new() { HolderId = "klinikum-beispiel" })).Turtle;
        await catalog.DataAssets(TestTokens.OtherHolder).ImportDataAssetsAsync(new() { Turtle = turtle, DefaultHealthCategories = { HealthRecords } });

        DataAsset original = Assert.Single(await OfAsync("klinikum-beispiel"));
        DataAsset copy = Assert.Single(await OfAsync("krankenkasse-beispiel"));
        original.Modalities.Clear();
        (original.Completeness, copy.Completeness) = (null, null);
        Assert.Equal(original, copy);
    }

    [Fact]
    public async Task Drafts_are_never_given_out()
    {
        DataAsset draft = DataAsset("Entwurf");
        draft.State = PublicationState.Draft;
        string token = TestTokens.Of("entwurf-beispiel", "data-holder");
        await catalog.DataAssets(token).CreateDataAssetAsync(new() { DataAsset = draft });

        ExportDataAssetsResponse export = await catalog.DataAssets(token).ExportDataAssetsAsync(new() { HolderId = "entwurf-beispiel" });

        Assert.Empty(TurtleReader.Read(export.Turtle).Subjects(new Iri(RdfSyntax.Type), new Iri("http://www.w3.org/ns/dcat#Dataset")));
    }

    /// <summary>The assets of a holder by identifier, without what the catalogue sets.</summary>
    private async Task<DataAsset[]> OfAsync(string holder)
    {
        ListDataAssetsResponse list = await catalog.DataAssets().ListDataAssetsAsync(new() { HolderId = holder, PageSize = 200 });
        foreach (DataAsset asset in list.DataAssets)
        {
            (asset.Id, asset.Etag, asset.Holder, asset.CreateTime, asset.UpdateTime) = (string.Empty, string.Empty, null, null, null);
            (asset.StateTime, asset.CheckTime, asset.CheckDue) = (null, null, null);
        }

        return [.. list.DataAssets.OrderBy(a => a.Identifier, StringComparer.Ordinal)];
    }
}
