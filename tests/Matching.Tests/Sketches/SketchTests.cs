using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Grpc.Core;

namespace Ecosystem.Matching.Tests.Sketches;

/// <summary>From a project idea to data that cover it together.</summary>
public sealed class SketchTests(MatchingHost host) : IClassFixture<MatchingHost>, IAsyncLifetime
{
    private const string Idea =
        "Wir wollen aus MRT-Aufnahmen nach einem Schlaganfall und aus Diagnosen und Verordnungen der ambulanten Versorgung schätzen, wer eine Depression entwickelt. "
        + "Dazu verbinden wir Läsionen im Gehirn mit Abrechnungsdaten.";

    public async Task InitializeAsync()
    {
        await host.HearOfAsync(Examples.StrokeImages());
        await host.HearOfAsync(Examples.ClaimsData());
        DataAsset alike = Examples.StrokeImages();
        (alike.Id, alike.Description) = ("asset-stroke-small", Examples.Text("Schädel-MRT.", "Brain MRI."));
        await host.HearOfAsync(alike);
        DataAsset forbidden = Examples.StrokeImages();
        (forbidden.Id, forbidden.Offer) = ("asset-forbidden", Examples.AllowingOnly(Examples.Marketing));
        await host.HearOfAsync(forbidden);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Data_are_combined_by_what_each_adds_not_by_what_each_is_worth_alone()
    {
        ProposeDataForSketchResponse plan = await PlanAsync(Idea);

        Assert.Equal(["asset-claims", "asset-stroke"], plan.Parts.Select(part => part.DataAssetId).Take(2).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("asset-stroke-small", plan.Parts.Select(part => part.DataAssetId));
        Assert.Contains("Verordnungen", plan.Parts.Single(part => part.DataAssetId == "asset-claims").Topics);
        Assert.Equal(plan.CoveredShare, plan.Parts.Sum(part => part.Share), 9);
    }

    [Fact]
    public async Task What_no_data_cover_is_named() =>
        Assert.Contains((await PlanAsync(Idea)).Gaps, gap => gap is { Topic: "Depression", OfferedSomewhere: false });

    [Fact]
    public async Task What_must_not_be_used_is_excluded_and_says_why()
    {
        ProposeDataForSketchResponse plan = await PlanAsync(Idea);

        Assert.Equal(PolicyVerdict.Types.Kind.Conflict, Assert.Single(plan.Excluded, one => one.DataAssetId == "asset-forbidden").Policy.Kind);
        Assert.All(plan.Parts, part => Assert.NotEqual(PolicyVerdict.Types.Kind.Conflict, part.Policy.Kind));
    }

    [Theory]
    [InlineData("Schlaganfall", "de")]
    [InlineData("stroke", "en")]
    [InlineData("Schlaganfall", "da")]
    [InlineData("<script>alert('Schlaganfall')</script> \" OR 1=1 -- \u202e \0", "")]
    public async Task One_word_another_language_and_hostile_text_lead_to_an_answer(string text, string language) =>
        Assert.NotEmpty((await PlanAsync(text, language)).Parts);

    [Theory]
    [InlineData("und oder aber", "de")]
    [InlineData("大脳の画像を解析する", "ja")]
    [InlineData("-- ??? !!!", "")]
    public async Task A_text_that_meets_nothing_gets_no_data_and_no_error(string text, string language) => Assert.Empty((await PlanAsync(text, language)).Parts);

    [Fact]
    public async Task An_empty_text_a_text_without_purpose_and_a_megabyte_are_refused_field_by_field()
    {
        RpcException empty = await Assert.ThrowsAsync<RpcException>(async () => await host.Grpc().ProposeDataForSketchAsync(new ProposeDataForSketchRequest(), MatchingHost.As("analyst")));
        RpcException megabyte = await Assert.ThrowsAsync<RpcException>(() => PlanAsync(new string('x', 1_000_000)));

        Assert.Equal(["text", "purpose"], FieldsOf(empty));
        Assert.Equal(["text"], FieldsOf(megabyte));
        Assert.Contains("20000", megabyte.Status.Detail + string.Concat(RichStatus.Detail<Google.Rpc.BadRequest>(RichStatus.Of(megabyte))!.FieldViolations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sketch_is_planned_by_REST_too()
    {
        HttpResponseMessage answer = await host.Rest().PostAsJsonAsync("/matching/v1/proposals:forSketch", new { text = Idea, language = "de", purpose = Examples.Research, maxDataAssets = 1 });

        Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("parts").EnumerateArray());
    }

    private async Task<ProposeDataForSketchResponse> PlanAsync(string text, string language = "de") => await host.Grpc().ProposeDataForSketchAsync(
        new ProposeDataForSketchRequest { Text = text, Language = language, Purpose = Examples.Research }, MatchingHost.As("analyst", "institut-beispiel"));

    private static IEnumerable<string> FieldsOf(RpcException refusal) => RichStatus.Detail<Google.Rpc.BadRequest>(RichStatus.Of(refusal))!.FieldViolations.Select(violation => violation.Field).Distinct();
}
