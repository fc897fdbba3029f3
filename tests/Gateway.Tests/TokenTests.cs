using System.Net;
using System.Security.Cryptography;

namespace Ecosystem.Gateway.Tests;

public sealed class TokenTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Without_a_token_the_service_decides()
    {
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("GET /catalog/v1/data-assets", Assert.Single(_gateway.Catalog.Received));
    }

    [Fact]
    public async Task A_good_token_is_passed_on_to_the_service()
    {
        var token = _gateway.Issuer.Token();
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Bearer " + token, _gateway.Catalog.LastHeaders.Authorization);
    }

    [Theory]
    [InlineData("expired", "TOKEN_EXPIRED")]
    [InlineData("wrong audience", "TOKEN_WRONG_AUDIENCE")]
    [InlineData("wrong issuer", "TOKEN_WRONG_ISSUER")]
    [InlineData("wrong signature", "TOKEN_WRONG_SIGNATURE")]
    [InlineData("unsigned", "TOKEN_WRONG_SIGNATURE")]
    [InlineData("garbage", "TOKEN_MALFORMED")]
    [InlineData("other scheme", "TOKEN_MALFORMED")]
    public async Task A_bad_token_stops_at_the_door_with_its_reason(string fault, string reason)
    {
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets", Bad(fault));
        await answer.ProblemAsync(HttpStatusCode.Unauthorized, reason);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty(_gateway.Catalog.Received);
    }

    [Theory]
    [InlineData("expired", "TOKEN_EXPIRED")]
    [InlineData("wrong audience", "TOKEN_WRONG_AUDIENCE")]
    [InlineData("wrong signature", "TOKEN_WRONG_SIGNATURE")]
    [InlineData("unsigned", "TOKEN_WRONG_SIGNATURE")]
    public async Task A_bad_token_of_a_gRPC_call_is_UNAUTHENTICATED_with_its_reason(string fault, string reason)
    {
        using var answer = await _gateway.CallAsync("/ecosystem.catalog.v1.DataAssetService/GetDataAsset", Bad(fault));
        await answer.TrailersOnlyAsync(16, reason);
        Assert.Empty(_gateway.Catalog.Received);
    }

    [Fact]
    public async Task A_token_that_was_good_a_moment_ago_is_not_taken_for_another()
    {
        var token = _gateway.Issuer.Token();
        for (var i = 0; i < 3; i++)
        {
            using var good = await _gateway.GetAsync("/catalog/v1/data-assets", token);
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        }

        using var changed = await _gateway.GetAsync("/catalog/v1/data-assets", token[..^4] + "AAAA");
        await changed.ProblemAsync(HttpStatusCode.Unauthorized, "TOKEN_WRONG_SIGNATURE");
        using var scheme = await _gateway.GetAsync("/catalog/v1/data-assets", "Basic " + token);
        await scheme.ProblemAsync(HttpStatusCode.Unauthorized, "TOKEN_MALFORMED");
    }

    [Fact]
    public async Task A_token_that_cannot_be_checked_is_not_called_wrong()
    {
        var token = _gateway.Issuer.Token();
        await _gateway.Issuer.DisposeAsync();
        using var answer = await _gateway.GetAsync("/catalog/v1/data-assets", token);
        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "IDENTITY_PROVIDER_UNREACHABLE");
    }

    private string Bad(string fault)
    {
        using var stranger = RSA.Create(2048);
        return fault switch
        {
            "expired" => _gateway.Issuer.Token(minutes: -1),
            "wrong audience" => _gateway.Issuer.Token(audience: "account"),
            "wrong issuer" => _gateway.Issuer.Token(issuer: "https://elsewhere.example/realms/ecosystem"),
            "wrong signature" => _gateway.Issuer.Token(signedBy: stranger),
            "unsigned" => _gateway.Issuer.UnsignedToken(),
            "garbage" => "not-a-token",
            _ => "Basic dXNlcjpwYXNz",
        };
    }
}
