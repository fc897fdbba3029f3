using Ecosystem.Catalog.V1;
using Ecosystem.Testing;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;
using Outcome = Ecosystem.Catalog.V1.ImportedRecord.Types.Outcome;

namespace Ecosystem.Catalog.Tests;

public sealed class ImportTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private const string Prefixes = """
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix dct: <http://purl.org/dc/terms/> .

        """;

    [SkippableFact]
    public async Task All_39_data_sets_of_the_Robert_Koch_Institut_arrive_whole()
    {
        string turtle = await File.ReadAllTextAsync(SharedFolder.Path("data/rki-catalogue/Robert_Koch-Institut_DCAT-AP-DE.ttl"));
        string token = TestTokens.Of("rki-beispiel", "data-holder");

        ImportDataAssetsResponse report = await catalog.DataAssets(token).ImportDataAssetsAsync(new() { Turtle = turtle, DefaultHealthCategories = { HealthRecords } });
        ListDataAssetsResponse list = await catalog.DataAssets().ListDataAssetsAsync(new() { HolderId = "rki-beispiel", PageSize = 100 });

        Assert.Equal((39, 0, 0, 0), (report.Created, report.Updated, report.Unchanged, report.Refused));
        Assert.Equal(39, list.DataAssets.Count);
        Assert.All(list.DataAssets, asset =>
        {
            Assert.NotEmpty(asset.Title.Values[""]);
            Assert.NotEmpty(asset.Description.Values[""]);
            Assert.NotEmpty(asset.Keywords);
            Assert.NotEmpty(asset.Themes);
            Assert.All(asset.Distributions, d => Assert.True(d.License.Length > 0 && d.AccessUrl.Length > 0 && d.Languages.Count > 0 && d.Modified is not null));
            Assert.InRange(asset.Distributions.Count, 2, 3);
            Assert.Contains("cc-by", asset.License, StringComparison.Ordinal);
            Assert.NotNull(asset.Issued);
            Assert.NotNull(asset.Modified);
            Assert.StartsWith("Robert Koch", asset.Publisher.Name, StringComparison.Ordinal);
            Assert.NotEmpty(asset.Contact.Email);
            Assert.NotEmpty(asset.LandingPage);
            Assert.Equal(AccessRights.Public, asset.AccessRights);
        });

        ImportDataAssetsResponse again = await catalog.DataAssets(token).ImportDataAssetsAsync(new() { Turtle = turtle, DefaultHealthCategories = { HealthRecords } });
        Assert.Equal((0, 0, 39, 0), (again.Created, again.Updated, again.Unchanged, again.Refused));

        string changed = turtle.Replace("dct:title \"ARE-Konsultationsinzidenz\"", "dct:title \"ARE-Konsultationsinzidenz neu\"", StringComparison.Ordinal);
        ImportDataAssetsResponse update = await catalog.DataAssets(token).ImportDataAssetsAsync(new() { Turtle = changed, DefaultHealthCategories = { HealthRecords } });
        Assert.Equal((0, 1, 38, 0), (update.Created, update.Updated, update.Unchanged, update.Refused));

        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Übergewicht bei Kindern" });
        Assert.Contains("AdiRaum", found.Hits[0].DataAsset.Title.Values[""], StringComparison.Ordinal);
        Assert.DoesNotContain("<p>", string.Concat(found.Hits.Select(h => h.Snippet)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_withdrawn_is_not_imported_again_under_the_same_name()
    {
        const string Turtle = Prefixes + """
            <https://example.org/withdrawn> a dcat:Dataset ; dct:title "Zurückgezogen"@de ; dct:description "Wird nicht mehr angeboten."@de ;
              dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
              dcat:theme <http://publications.europa.eu/resource/authority/data-theme/HEAL> ;
              dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://example.org/data> ] .
            """;
        string id = (await ImportAsync(Turtle)).Records[0].DataAssetId;
        DataAssetService.DataAssetServiceClient holder = catalog.DataAssets(TestTokens.Operator);
        await holder.TransitionDataAssetAsync(new() { Id = id, State = PublicationState.Withdrawn, Reason = Text("Wird nicht mehr erhoben.") });

        ImportedRecord record = Assert.Single((await ImportAsync(Turtle.Replace("\"Zurückgezogen\"", "\"Neu\"", StringComparison.Ordinal))).Records);

        Assert.Equal((Outcome.Refused, id), (record.Outcome, record.DataAssetId));
        Assert.Contains("withdrawn here, and that is final", record.Remarks[0], StringComparison.Ordinal);
        Assert.Equal("Zurückgezogen", (await holder.GetDataAssetAsync(new() { Id = id })).Title.Values["de"]);
    }

    [Fact]
    public async Task Bad_records_are_reported_with_their_place_and_never_stop_the_rest()
    {
        ImportDataAssetsResponse report = await ImportAsync(Prefixes + """
            <https://example.org/good> a dcat:Dataset ; dct:title "Gut"@de ; dct:description "Eine Beschreibung."@de ;
              dcat:distribution <https://example.org/good#1>, <https://example.org/good#2> .
            <https://example.org/good#1> dcat:accessURL <https://example.org/data> ; dct:license <http://dcat-ap.de/def/licenses/cc-by/4.0> .
            <https://example.org/untitled> a dcat:Dataset ; dct:description "Ohne Titel."@de .
            <https://example.org/broken> a dcat:Dataset ; dct:title "nie zu Ende ;
              dct:description "Beschreibung" .
            <https://example.org/after> a dcat:Dataset ; dct:title "Danach"@de ; dct:description "Kommt trotzdem an."@de ; dct:modified "gestern" .
            [] a dcat:Dataset ; dct:title "Ohne Namen"@de ; dct:description "Nicht wiederzuerkennen."@de .
            """);

        Dictionary<string, ImportedRecord> records = report.Records.ToDictionary(r => r.Source);
        Assert.Equal((2, 3), (report.Created, report.Refused));
        Assert.Equal(Outcome.Created, records["https://example.org/good"].Outcome);
        Assert.Contains(records["https://example.org/good"].Remarks, r => r.Contains("good#2", StringComparison.Ordinal) && r.Contains("left out", StringComparison.Ordinal));
        Assert.Contains(records["https://example.org/untitled"].Remarks, r => r.StartsWith("title:", StringComparison.Ordinal));
        Assert.Contains(records["https://example.org/broken"].Remarks, r => r.Contains("line 8", StringComparison.Ordinal));
        Assert.Contains(records["https://example.org/after"].Remarks, r => r.Contains("'gestern'", StringComparison.Ordinal));
        Assert.Contains(report.Records, r => r.Outcome == Outcome.Refused && r.Remarks.Any(m => m.Contains("neither an IRI nor", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Places_are_known_by_their_official_keys_and_others_are_left_out()
    {
        ImportDataAssetsResponse report = await ImportAsync(Prefixes + """
            @prefix dcatde: <http://dcat-ap.de/def/dcatde/> .
            <https://example.org/places> a dcat:Dataset ; dct:title "Orte"@de ; dct:description "Eine Beschreibung."@de ;
              dcatde:politicalGeocodingURI <http://dcat-ap.de/def/politicalGeocoding/districtKey/05911>,
                <http://dcat-ap.de/def/politicalGeocoding/regionalKey/055620004004>,
                <http://dcat-ap.de/def/politicalGeocoding/municipalAssociationKey/055620004> ;
              dct:spatial [ a dct:Location ] .
            """);

        ImportedRecord record = Assert.Single(report.Records);
        Assert.Contains(record.Remarks, r => r.StartsWith("2 of the places", StringComparison.Ordinal));
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).GetDataAssetAsync(new() { Id = record.DataAssetId });
        Assert.Equal(["05911", "05562004"], asset.Areas.Select(a => a.Key));
    }

    [Fact]
    public async Task Importing_again_keeps_what_the_holder_added_here()
    {
        const string Record = Prefixes + """
            <https://example.org/kept> a dcat:Dataset ; dct:title "Bestand"@de ; dct:description "Eine Beschreibung."@de .
            """;
        string id = (await ImportAsync(Record)).Records.Single().DataAssetId;
        await catalog.DataAssets(TestTokens.Holder).UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = id, Modalities = { "tabular" } } });
        await catalog.DataAssets(TestTokens.Holder).AttachOfferAsync(new() { Id = id, PolicyJson = Terms });

        ImportDataAssetsResponse again = await ImportAsync(Record.Replace("\"Bestand\"@de", "\"Bestand\"@de, \"Holding\"@en", StringComparison.Ordinal));

        Assert.Equal(1, again.Updated);
        DataAsset asset = await catalog.DataAssets(TestTokens.Holder).GetDataAssetAsync(new() { Id = id });
        Assert.Equal("Holding", asset.Title.Values["en"]);
        Assert.Equal(["tabular"], asset.Modalities);
        Assert.Equal(Terms, asset.Offer.PolicyJson);
    }

    [Fact]
    public async Task The_same_document_imported_many_times_at_once_arrives_once()
    {
        const string Record = Prefixes + """
            <https://example.org/raced> a dcat:Dataset ; dct:title "Wettlauf"@de ; dct:description "Eine Beschreibung."@de .
            """;

        ImportDataAssetsResponse[] reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ImportAsync(Record)));

        Assert.Equal(1, reports.Sum(r => r.Created));
        Assert.Equal(7, reports.Sum(r => r.Unchanged));
        Assert.Single(reports.SelectMany(r => r.Records).Select(r => r.DataAssetId).Distinct());
    }

    [Fact]
    public async Task A_trial_run_changes_nothing()
    {
        ImportDataAssetsResponse trial = await catalog.DataAssets(TestTokens.Holder).ImportDataAssetsAsync(new()
        {
            Turtle = Prefixes + """<https://example.org/trial> a dcat:Dataset ; dct:title "Probe"@de ; dct:description "Nur geprüft."@de .""",
            ValidateOnly = true,
        });

        Assert.Equal(1, trial.Created);
        SearchDataAssetsResponse found = await catalog.DataAssets().SearchDataAssetsAsync(new() { Query = "Probe" });
        Assert.DoesNotContain(found.Hits, h => h.DataAsset.Identifier == "https://example.org/trial");
    }

    [Fact]
    public async Task An_empty_document_is_refused()
    {
        RpcException refused = await RefusedAsync(catalog.DataAssets(TestTokens.Holder).ImportDataAssetsAsync(new()), StatusCode.InvalidArgument);

        Assert.Equal(["turtle"], Fields(refused));
    }

    private async Task<ImportDataAssetsResponse> ImportAsync(string turtle) =>
        await catalog.DataAssets(TestTokens.Holder).ImportDataAssetsAsync(new() { Turtle = turtle, DefaultHealthCategories = { HealthRecords } });
}
