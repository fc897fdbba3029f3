using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ecosystem.Federation.V1;
using Ecosystem.ServiceDefaults.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.Gateway.Tests;

/// <summary>A gateway that knows another region: requests for it, reads that it gives in place of ours, and the search through both.</summary>
public sealed class RegionTests : IAsyncLifetime
{
    private Backend _saar = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _saar = await Backend.StartAsync();
        _gateway = await GatewayHost.StartAsync(settings:
        [
            $"--Gateway:Regions:saar:Http={_saar.Http}", $"--Gateway:Regions:saar:Grpc={_saar.Grpc}",
            "--Gateway:Regions:pfalz:Http=http://127.0.0.1:1", "--Gateway:Regions:pfalz:Grpc=http://127.0.0.1:1",
        ]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _saar.DisposeAsync();
    }

    [Theory]
    [InlineData("/catalog/v1/data-assets", "saar")]
    [InlineData("/r/saar/catalog/v1/data-assets", "")]
    public async Task A_request_for_another_region_goes_to_its_door(string path, string header)
    {
        using var answer = await _gateway.GetAsync(path, token: "Bearer of another realm", ("x-region", header));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("GET /catalog/v1/data-assets", Assert.Single(_saar.Received));
        Assert.Equal("saar", _saar.LastHeaders["x-region"].ToString());
        Assert.Equal("Bearer of another realm", _saar.LastHeaders.Authorization.ToString());
        Assert.Empty(_gateway.Catalog.Received);
    }

    [Fact]
    public async Task The_own_region_may_be_named_too()
    {
        using var answer = await _gateway.GetAsync("/r/ruhr/catalog/v1/data-assets");

        Assert.Equal("GET /catalog/v1/data-assets", Assert.Single(_gateway.Catalog.Received));
        Assert.Equal("ruhr", answer.Headers.GetValues("x-region").Single());
    }

    [Fact]
    public async Task A_call_for_another_region_goes_to_its_gRPC_door()
    {
        using var channel = GrpcChannel.ForAddress(_gateway.Grpc.BaseAddress!);
        await new Catalog.V1.DataAssetService.DataAssetServiceClient(channel).GetDataAssetAsync(new() { Id = "1" }, new Metadata { { "x-region", "saar" } });

        Assert.Equal("POST /ecosystem.catalog.v1.DataAssetService/GetDataAsset", Assert.Single(_saar.Received));
    }

    [Theory]
    [InlineData("pfalz", HttpStatusCode.BadGateway, "REGION_UNREACHABLE")]
    [InlineData("hessen", HttpStatusCode.MisdirectedRequest, "OTHER_REGION")]
    public async Task A_region_that_is_away_or_unknown_is_named(string region, HttpStatusCode status, string reason)
    {
        using var answer = await _gateway.GetAsync($"/r/{region}/catalog/v1/data-assets");

        var problem = await answer.ProblemAsync(status, reason);
        Assert.Contains($"'{region}'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_the_catalogue_here_cannot_answer_is_answered_by_another_region_which_is_told()
    {
        await _gateway.Catalog.DisposeAsync();
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets:search?query=x", _gateway.Issuer.Token());

        Assert.Equal((HttpStatusCode.OK, "saar"), (answer.StatusCode, answer.Headers.GetValues("x-region").Single()));
        Assert.False(_saar.LastHeaders.ContainsKey("Authorization"), "a token of this realm is nobody else's business");
    }

    [Fact]
    public async Task What_the_other_region_does_not_have_is_not_said_to_be_missing()
    {
        await _gateway.Catalog.DisposeAsync();
        using var answer = await _gateway.GetAsync("/catalog/v1/refused");

        await answer.ProblemAsync(HttpStatusCode.BadGateway, "SERVICE_UNREACHABLE");
    }

    [Fact]
    public async Task Writes_and_other_services_never_move()
    {
        await _gateway.Catalog.DisposeAsync();
        using var write = await _gateway.Rest.PostAsync("/catalog/v1/data-assets", new StringContent("{}", Encoding.UTF8, "application/json"));
        using var policy = await _gateway.GetAsync("/policy/v1/agreements");

        await write.ProblemAsync(HttpStatusCode.BadGateway, "SERVICE_UNREACHABLE");
        await policy.ProblemAsync(HttpStatusCode.BadGateway, "SERVICE_UNREACHABLE");
        Assert.Empty(_saar.Received);
    }

    [Fact]
    public async Task A_search_through_all_regions_says_who_answered_and_why_somebody_did_not()
    {
        using var answer = await _gateway.GetAsync("/federation/v1/data-assets:search?query=x");
        var regions = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("regions").EnumerateArray().ToList();

        Assert.Equal(
            [("ruhr", "STATE_ANSWERED"), ("pfalz", "STATE_UNREACHABLE"), ("saar", "STATE_ANSWERED")],
            regions.Select(region => (region.GetProperty("region").GetString()!, region.GetProperty("state").GetString()!)));
        Assert.Contains("'pfalz'", regions[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_nobody_answers_or_in_a_region_nobody_knows_is_refused()
    {
        using var channel = GrpcChannel.ForAddress(_gateway.Grpc.BaseAddress!);
        var client = new FederatedCatalogueService.FederatedCatalogueServiceClient(channel);

        var nobody = await Assert.ThrowsAsync<RpcException>(async () => await client.SearchDataAssetsAsync(new() { Query = "x", Regions = { "pfalz" } }));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await client.SearchDataAssetsAsync(new() { Query = "x", Regions = { "hessen" } }));

        Assert.Equal((StatusCode.Unavailable, StatusCode.InvalidArgument), (nobody.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task A_door_that_is_no_address_stops_the_start()
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => GatewayHost.StartAsync(settings: ["--Gateway:Regions:saar:Http=saar"]));

        Assert.Contains("Gateway:Regions:saar:Http", refusal.Message, StringComparison.Ordinal);
    }
}
