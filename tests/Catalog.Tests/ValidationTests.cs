using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using static Ecosystem.Catalog.Tests.Examples;
using Severity = Ecosystem.Catalog.V1.Finding.Types.Severity;

namespace Ecosystem.Catalog.Tests;

public sealed class ValidationTests(CatalogHost catalog) : IClassFixture<CatalogHost>
{
    private DataAssetService.DataAssetServiceClient Holder => catalog.DataAssets(TestTokens.Holder);

    [Fact]
    public async Task A_time_that_no_calendar_has_is_refused_in_both_languages_wherever_it_stands()
    {
        var wrong = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1, Nanos = -5 };
        DataAsset asset = DataAsset();
        asset.Issued = wrong;
        asset.Distributions[0].Modified = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = long.MaxValue };
        Competence competence = Competence();
        competence.Evidence[0].IssueTime = wrong;
        ReferenceProject project = ReferenceProject();
        project.Period = new Common.V1.Period { Start = wrong };

        Assert.Equal(
            ["data_asset.distributions[0].modified", "data_asset.issued"], // in the order of the contract
            Fields(await RefusedAsync(catalog.DataAssets(TestTokens.Holder).CreateDataAssetAsync(new() { DataAsset = asset }), StatusCode.InvalidArgument)));
        Assert.Equal(
            ["competence.evidence[0].issue_time"],
            Fields(await RefusedAsync(catalog.Competences(TestTokens.Developer).CreateCompetenceAsync(new() { Competence = competence }), StatusCode.InvalidArgument)));
        Assert.Equal(
            ["reference_project.period.start"],
            Fields(await RefusedAsync(catalog.ReferenceProjects(TestTokens.Holder).CreateReferenceProjectAsync(new() { ReferenceProject = project }), StatusCode.InvalidArgument)));
    }

    [Fact]
    public async Task A_complete_description_can_be_published_and_hears_only_advice()
    {
        ValidateDataAssetResponse answer = await Holder.ValidateDataAssetAsync(new() { DataAsset = DataAsset() });

        Assert.True(answer.CanBePublished);
        Assert.All(answer.Findings, f => Assert.Equal(Severity.Recommended, f.Severity));
        Assert.Contains(answer.Findings, f => f.Field == "population.coverage");
        Assert.InRange(answer.Completeness.Share, 0.3, 0.7);
    }

    [Fact]
    public async Task An_empty_form_hears_everything_at_once_in_both_languages_with_examples()
    {
        ValidateDataAssetResponse answer = await Holder.ValidateDataAssetAsync(new() { DataAsset = new DataAsset() });

        Assert.False(answer.CanBeSaved);
        Assert.False(answer.CanBePublished);
        string[] required = [.. answer.Findings.Where(f => f.Severity == Severity.Required).Select(f => f.Field)];
        Assert.Equal(
            [
                "title", "description", "protection_need", "access_rights", "distributions", "themes", "health_categories", "has_structured_data",
                "variables", "contact", "keywords", "types", "provenance",
            ],
            required);
        Assert.All(answer.Findings, f => Assert.True(f.Sentence.Values.ContainsKey("de") && f.Sentence.Values.ContainsKey("en") && f.Example.Length > 0, f.Field));
        Assert.Contains("Es fehlen: ", answer.Completeness.Sentence.Values["de"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_example_given_is_right()
    {
        ValidateDataAssetResponse empty = await Holder.ValidateDataAssetAsync(new() { DataAsset = new DataAsset() });
        var filled = new DataAsset();
        foreach (Finding finding in empty.Findings)
        {
            string[] steps = finding.Field.Split('.');
            string json = steps.Reverse().Aggregate(finding.Example, (inner, step) => $"{{\"{step}\":{inner}}}");
            filled.MergeFrom(JsonParser.Default.Parse<DataAsset>(json));
        }

        filled.ProtectionReason = "Pseudonymisierte Gesundheitsdaten";
        filled.HasStructuredData = true;
        ValidateDataAssetResponse answer = await Holder.ValidateDataAssetAsync(new() { DataAsset = filled });

        Assert.Empty(answer.Findings);
        Assert.Equal(1, answer.Completeness.Share);
        Assert.Equal("Alle 44 Angaben sind da.", answer.Completeness.Sentence.Values["de"]);
    }

    [Fact]
    public void Public_data_need_less_than_others()
    {
        DataAsset open = DataAsset();
        (open.AccessRights, open.ProtectionNeed) = (AccessRights.Public, ProtectionNeed.Normal);
        open.Keywords.Clear();
        open.Types_.Clear();
        open.Provenance.Clear();
        open.Contact = null;

        Assert.DoesNotContain("keywords", Missing(open));
        open.AccessRights = AccessRights.Restricted;
        Assert.Equal(["contact", "keywords", "types", "provenance"], Missing(open).Except(["hdab", "applicable_legislation"]));
    }

    [Fact]
    public void Structured_data_need_their_variables_described()
    {
        DataAsset asset = DataAsset();
        asset.HasStructuredData = true;

        Assert.Contains("variables", Missing(asset));
    }

    [Fact]
    public async Task A_draft_needs_a_title_only_and_is_not_published_before_it_is_complete()
    {
        DataAsset draft = await Holder.CreateDataAssetAsync(new() { DataAsset = new DataAsset { Title = Text("Idee"), State = PublicationState.Draft } });

        RpcException refused = await RefusedAsync(
            Holder.UpdateDataAssetAsync(new() { DataAsset = new DataAsset { Id = draft.Id, State = PublicationState.Published } }), StatusCode.InvalidArgument);

        Assert.Contains("data_asset.health_categories", Fields(refused));
        Assert.Equal(PublicationState.Draft, (await Holder.GetDataAssetAsync(new() { Id = draft.Id })).State);
    }

    [Fact]
    public async Task A_refusal_speaks_English_and_German()
    {
        RpcException refused = await RefusedAsync(Holder.CreateDataAssetAsync(new()), StatusCode.InvalidArgument);

        BadRequest.Types.FieldViolation title = RichStatus.Detail<BadRequest>(RichStatus.Of(refused))!.FieldViolations.Single(v => v.Field == "data_asset.title");
        Assert.StartsWith("The title is missing. ", title.Description, StringComparison.Ordinal);
        Assert.Equal("de", title.LocalizedMessage.Locale);
        Assert.StartsWith("Der Titel fehlt. ", title.LocalizedMessage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_over_REST_speaks_both_languages_too()
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        HttpResponseMessage answer = await catalog.Rest(TestTokens.Holder).PostAsync("/catalog/v1/data-assets", body);

        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement title = problem.GetProperty("violations").EnumerateArray().Single(v => v.GetProperty("field").GetString() == "data_asset.title");
        Assert.StartsWith("Der Titel fehlt.", title.GetProperty("localizedProblem").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_region_fills_in_its_health_data_access_body_and_the_law()
    {
        DataAsset created = await Holder.CreateDataAssetAsync(new() { DataAsset = DataAsset() });

        Assert.Contains("BfArM", created.Hdab.Name, StringComparison.Ordinal);
        Assert.Equal([RegionalFacts.EuropeanHealthDataSpace], created.ApplicableLegislation);
    }

    [Fact]
    public async Task The_quality_label_says_what_is_missing()
    {
        DataAsset described = DataAsset();
        described.QualityLabel = new()
        {
            TechnicalQuality = new() { Completeness = 0.97, Uniqueness = 1 },
            Completeness = new Completeness { Share = 1 },
        };

        DataAsset created = await Holder.CreateDataAssetAsync(new() { DataAsset = described });

        Assert.Equal(2, created.QualityLabel.Completeness.Present);
        Assert.Equal(18, created.QualityLabel.Completeness.Total);
        Assert.StartsWith("2 von 18 Angaben sind da. Es fehlen: (a) Datenwörterbuch", created.QualityLabel.Completeness.Sentence.Values["de"], StringComparison.Ordinal);
    }

    [Fact]
    public void Records_are_refused_wherever_they_are_hidden()
    {
        const string Records = "id;alter;diagnose\n1;45;E11\n2;51;E10\n3;38;E11\n4;77;I10";
        DataAsset asset = DataAsset();
        asset.Provenance.Add(Text(Records));
        asset.Population = new Population { Coverage = Text(Records) };
        asset.Variables.Add(new TableGroup { Title = Text("T"), Tables = { new Table { Title = Text("T"), Columns = { new Column { Name = "n", Title = Text("N"), Description = Text(Records), Datatype = "string" } } } } });

        var violations = new Violations();
        NeverData.Check(asset, DataAssetRules.Settable, violations);

        Assert.Equal(
            ["population.coverage.values[de]", "provenance[1].values[de]", "variables[0].tables[0].columns[0].description.values[de]"],
            violations.Findings.Select(f => f.Field));
    }

    [Theory]
    [InlineData("temporal_resolution", """{"temporalResolution":"ein Tag"}""")]
    [InlineData("population.max_typical_age", """{"population":{"minTypicalAge":60,"maxTypicalAge":20}}""")]
    [InlineData("number_of_records", """{"numberOfRecords":"-1"}""")]
    [InlineData("hdab", """{"hdab":{"name":"Zugangsstelle"}}""")]
    [InlineData("themes[0]", """{"themes":["https://example.org/a b"]}""")]
    [InlineData("variables[0].tables[0].columns[0].datatype", """{"variables":[{"title":{"values":{"de":"T"}},"tables":[{"title":{"values":{"de":"T"}},"columns":[{"name":"n","title":{"values":{"de":"N"}},"description":{"values":{"de":"D"}},"datatype":"varchar"}]}]}]}""")]
    [InlineData("quality_label.technical_quality.accuracy", """{"qualityLabel":{"technicalQuality":{"accuracy":97}}}""")]
    [InlineData("relations[0].target", """{"relations":[{"kind":"KIND_SOURCE","target":"das Register"}]}""")]
    [InlineData("distributions[0].checksum.algorithm", """{"distributions":[{"accessUrl":"https://example.org/","checksum":{"algorithm":"sha256","value":"ab"}}]}""")]
    public void A_wrong_value_is_named_with_its_place(string field, string json)
    {
        var violations = new Violations();
        DataAssetRules.Check(JsonParser.Default.Parse<DataAsset>(json), violations);

        Assert.Equal([field], violations.Findings.Select(f => f.Field));
        Assert.All(violations.Findings, f => Assert.True(f.Sentence.Values.ContainsKey("de")));
    }

    private static string[] Missing(DataAsset asset)
    {
        var violations = new Violations();
        DescriptionItems.CheckRequired(asset, violations);
        return [.. violations.Findings.Select(f => f.Field)];
    }
}
