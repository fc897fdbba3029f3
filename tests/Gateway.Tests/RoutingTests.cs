using System.Net;
using Ecosystem.Testing;

namespace Ecosystem.Gateway.Tests;

public sealed class RoutingTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(settings: ["--Gateway:Cors:Origins:0=https://portal.example"]);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_gRPC_call_reaches_the_service_and_its_trailers_come_back()
    {
        using var answer = await _gateway.CallAsync("/ecosystem.catalog.v1.DataAssetService/GetDataAsset");
        Assert.Equal(5, (await answer.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("POST /ecosystem.catalog.v1.DataAssetService/GetDataAsset", Assert.Single(_gateway.Catalog.Received));
    }

    [Fact]
    public async Task A_service_that_is_down_is_named()
    {
        using var answer = await _gateway.GetAsync("/policy/v1/agreements");
        var problem = await answer.ProblemAsync(HttpStatusCode.BadGateway, "SERVICE_UNREACHABLE");
        Assert.Contains("'policy'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var call = await _gateway.CallAsync("/ecosystem.policy.v1.AgreementService/GetAgreement");
        await call.TrailersOnlyAsync(14, "SERVICE_UNREACHABLE");
    }

    [Fact]
    public async Task A_service_that_comes_back_is_found_again()
    {
        var (http, grpc) = (new Uri(_gateway.Catalog.Http).Port, new Uri(_gateway.Catalog.Grpc).Port);
        await _gateway.Catalog.DisposeAsync();
        using var down = await _gateway.GetAsync("/catalog/v1/data-assets");
        await down.ProblemAsync(HttpStatusCode.BadGateway, "SERVICE_UNREACHABLE");

        _gateway.Catalog = await Backend.StartAsync(http, grpc);
        await Eventually.True(
            async () => (await _gateway.GetAsync("/catalog/v1/data-assets")).IsSuccessStatusCode, "the gateway has found the service again");
    }

    [Fact]
    public async Task A_service_that_breaks_off_is_not_taken_for_one_that_is_away()
    {
        using var answer = await _gateway.GetAsync("/catalog/v1/broken");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_error_of_the_service_is_left_as_it_is()
    {
        using var answer = await _gateway.GetAsync("/catalog/v1/refused");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("From the service", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_the_caller_began_goes_on_to_the_service()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets", headers: [("traceparent", Trace), ("tracestate", "a=b")]);
        Assert.Equal(Trace, _gateway.Catalog.LastHeaders["traceparent"]);
        Assert.Equal("a=b", _gateway.Catalog.LastHeaders["tracestate"]);
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/dapr/subscribe")]
    [InlineData("/catalog/v2/data-assets")]
    public async Task What_is_not_routed_is_not_reachable(string path)
    {
        using var answer = await _gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_method_that_nobody_offers_is_UNIMPLEMENTED()
    {
        using var answer = await _gateway.CallAsync("/ecosystem.nothing.v1.Service/Method");
        Assert.Equal("12", answer.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Every_answer_names_the_region_and_makes_browsers_careful()
    {
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets");
        Assert.Equal("ruhr", answer.Headers.GetValues("x-region").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal("ruhr", _gateway.Catalog.LastHeaders["x-region"]);
    }

    [Fact]
    public async Task A_request_for_another_region_is_not_served_by_accident()
    {
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets", token: null, ("x-region", "saar"));
        await answer.ProblemAsync(HttpStatusCode.MisdirectedRequest, "OTHER_REGION");
        Assert.Empty(_gateway.Catalog.Received);
    }

    [Theory]
    [InlineData("https://portal.example", true)]
    [InlineData("https://attacker.example", false)]
    public async Task Only_configured_origins_may_call_from_a_browser(string origin, bool allowed)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/catalog/v1/data-assets")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "authorization" } },
        };
        using var answer = await _gateway.Rest.SendAsync(preflight);
        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) && values.Single() == origin);
        Assert.Empty(_gateway.Catalog.Received);
    }
}
