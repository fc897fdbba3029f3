using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Grpc.Core;

namespace Ecosystem.Matching.Tests;

/// <summary>Proposals as callers get them, by gRPC and REST.</summary>
public sealed class PublicDoorTests : IClassFixture<MatchingHost>, IAsyncLifetime
{
    private readonly MatchingHost _host;

    public PublicDoorTests(MatchingHost host) => _host = host;

    public async Task InitializeAsync()
    {
        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.HearOfAsync(Examples.ClaimsData());
        await _host.HearOfAsync(Examples.Segmentation());
        await _host.HearOfAsync(Examples.Survival());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_right_competence_is_first_and_says_why()
    {
        ProposeCompetencesResponse answer = await _host.Grpc().ProposeCompetencesAsync(
            new ProposeCompetencesRequest { DataAssetId = "asset-stroke", Purpose = Examples.Research }, MatchingHost.As("data-holder"));

        Proposal first = answer.Proposals[0];
        Assert.Equal("competence-segmentation", first.CompetenceId);
        Assert.Equal("KI-Team Beispiel", first.Provider.Name);
        Assert.Equal("Klinikum Beispiel", first.Holder.Name);
        Assert.Contains(first.Reasons, reason => reason.Sentence.Values["en"].Contains("'stroke'", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(PolicyVerdict.Types.Kind.Compatible, first.Policy.Kind);
    }

    [Fact]
    public async Task The_right_data_are_first_by_REST_too()
    {
        JsonElement answer = await _host.Rest("developer").GetFromJsonAsync<JsonElement>(
            $"/matching/v1/competences/competence-survival/proposals?purpose={Uri.EscapeDataString(Examples.Research)}&maxResults=1");

        JsonElement only = Assert.Single(answer.GetProperty("proposals").EnumerateArray());
        Assert.Equal("asset-claims", only.GetProperty("dataAssetId").GetString());
        Assert.Equal("KIND_COMPATIBLE", only.GetProperty("policy").GetProperty("kind").GetString());
        Assert.NotEmpty(only.GetProperty("reasons").EnumerateArray());
    }

    [Fact]
    public async Task A_purpose_that_is_forbidden_is_shown_as_a_conflict_with_its_reason()
    {
        DataAsset forTeaching = Examples.StrokeImages();
        forTeaching.Id = "asset-teaching";
        forTeaching.Offer = Examples.Allowing(Examples.Education);
        await _host.HearOfAsync(forTeaching);

        ProposeCompetencesResponse answer = await _host.Grpc().ProposeCompetencesAsync(
            new ProposeCompetencesRequest { DataAssetId = "asset-teaching", Purpose = Examples.Marketing }, MatchingHost.As("analyst"));

        Assert.All(answer.Proposals, proposal => Assert.Equal(PolicyVerdict.Types.Kind.Conflict, proposal.Policy.Kind));
        Assert.Contains("Choose another purpose", answer.Proposals[0].Policy.Sentence.Values["en"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_asset_is_refused_with_what_to_do()
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(async () => await _host.Grpc().ProposeCompetencesAsync(
            new ProposeCompetencesRequest { DataAssetId = "nothing", Purpose = Examples.Research }, MatchingHost.As("analyst")));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Equal("NO_PROFILE", RichStatus.ReasonOf(refusal)!.Reason);
        Assert.Contains("Register and publish it", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "State the purpose")]
    [InlineData("research", "no IRI")]
    [InlineData("https://example.org/a purpose", "no IRI")]
    public async Task A_purpose_that_is_none_is_refused_with_an_example(string purpose, string expected)
    {
        HttpResponseMessage answer = await _host.Rest().GetAsync($"/matching/v1/data-assets/asset-stroke/proposals?purpose={Uri.EscapeDataString(purpose)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement violation = Assert.Single(problem.GetProperty("violations").EnumerateArray());
        Assert.Equal("purpose", violation.GetProperty("field").GetString());
        Assert.Contains(expected, violation.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains("https://w3id.org/dpv#ScientificResearch", violation.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_with_a_request_is_said_at_once()
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(async () => await _host.Grpc().ProposeDataAssetsAsync(
            new ProposeDataAssetsRequest { MaxResults = 51 }, MatchingHost.As("analyst")));

        Assert.Equal(
            ["competence_id", "purpose", "max_results"],
            RichStatus.Detail<Google.Rpc.BadRequest>(RichStatus.Of(refusal))!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_proposed() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Rest(role: null).GetAsync("/matching/v1/data-assets/asset-stroke/proposals")).StatusCode);

    [Fact]
    public async Task A_role_without_the_permission_is_refused() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.Rest("learner").GetAsync("/matching/v1/data-assets/asset-stroke/proposals")).StatusCode);

    [Fact]
    public async Task The_sidecar_is_told_what_to_deliver()
    {
        JsonElement subscriptions = await _host.Sidecar().GetFromJsonAsync<JsonElement>("/dapr/subscribe");

        string[] topics = [.. subscriptions.EnumerateArray().Select(subscription => subscription.GetProperty("topic").GetString()!)];
        Assert.Contains("catalog.competences", topics);
        Assert.Contains("catalog.data-assets", topics);
    }
}
