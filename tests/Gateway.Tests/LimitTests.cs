using System.Net;
using System.Net.Http.Headers;

namespace Ecosystem.Gateway.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: ["--Gateway:RateLimit:Burst=2", "--Gateway:RateLimit:PerSecond=1"]);
        var eager = gateway.Issuer.Token("eager");
        HttpResponseMessage answer;
        var asked = 0;
        do
        {
            answer = await gateway.GetAsync("/catalog/v1/data-assets", eager);
        }
        while (answer.StatusCode == HttpStatusCode.OK && ++asked < 50);

        await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT");
        Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));

        using var other = await gateway.GetAsync("/catalog/v1/data-assets", gateway.Issuer.Token("patient"));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var probe = await gateway.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        using var call = await gateway.CallAsync("/ecosystem.catalog.v1.DataAssetService/GetDataAsset", eager);
        await call.TrailersOnlyAsync(8, "RATE_LIMIT");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused_naming_the_limit(bool chunked)
    {
        await using var gateway = await GatewayHost.StartAsync(settings: ["--ReverseProxy:Routes:catalog-rest:MaxRequestBodySize=1000"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/catalog/v1/data-assets:import") { Content = new ByteArrayContent(new byte[100_000]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/turtle");
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await gateway.Rest.SendAsync(request);
        var problem = await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
        Assert.Contains("1000 bytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_named()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: ["--ReverseProxy:Clusters:catalog:HttpRequest:ActivityTimeout=00:00:00.200"]);
        using var answer = await gateway.GetAsync("/catalog/v1/slow");
        var problem = await answer.ProblemAsync(HttpStatusCode.GatewayTimeout, "SERVICE_TIMEOUT");
        Assert.Contains("'catalog'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_are_told_apart_by_token_and_else_by_network()
    {
        Assert.Equal("192.0.2.7", Edge.ClientRateLimit.NetworkOf(IPAddress.Parse("::ffff:192.0.2.7")));
        Assert.Equal(
            Edge.ClientRateLimit.NetworkOf(IPAddress.Parse("2001:db8:1:2::1")), Edge.ClientRateLimit.NetworkOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(
            Edge.ClientRateLimit.NetworkOf(IPAddress.Parse("2001:db8:1:2::1")), Edge.ClientRateLimit.NetworkOf(IPAddress.Parse("2001:db8:1:3::1")));
    }
}
