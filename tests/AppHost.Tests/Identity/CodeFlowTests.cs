using System.Net;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class CodeFlowTests(LocalProvider provider) : IClassFixture<LocalProvider>
{
    [Fact]
    public async Task Signing_in_gives_tokens_in_the_shape_of_Keycloak()
    {
        using var browser = provider.OpenBrowser();
        var answer = await browser.SignInAsync("holder");
        Assert.Equal("the-state", answer["state"]);
        Assert.Equal(provider.Realm, answer["iss"]);

        var (response, tokens) = await browser.RedeemAsync(answer["code"]);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var access = LocalProvider.Claims(tokens.GetProperty("access_token").GetString());
        Assert.Equal(provider.Realm, access.GetProperty("iss").GetString());
        Assert.Equal("Bearer", access.GetProperty("typ").GetString());
        Assert.Equal("portal", access.GetProperty("azp").GetString());
        Assert.Equal(["gateway", "catalog", "policy", "matching"], access.GetProperty("aud").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("data-holder", Assert.Single(access.GetProperty("realm_access").GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal("klinikum-beispiel", access.GetProperty("org").GetString());
        Assert.Equal("holder", access.GetProperty("preferred_username").GetString());
        Assert.Equal("openid profile email", access.GetProperty("scope").GetString());
        Assert.Equal(tokens.GetProperty("session_state").GetString(), access.GetProperty("sid").GetString());
        Assert.Equal(300, access.GetProperty("exp").GetInt64() - access.GetProperty("iat").GetInt64());

        var id = LocalProvider.Claims(tokens.GetProperty("id_token").GetString());
        Assert.Equal("ID", id.GetProperty("typ").GetString());
        Assert.Equal("portal", id.GetProperty("aud").GetString());
        Assert.Equal("the-nonce", id.GetProperty("nonce").GetString());
        Assert.Equal(access.GetProperty("sub").GetString(), id.GetProperty("sub").GetString());
        Assert.False(id.TryGetProperty("realm_access", out _));
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("scope", "openid everything", "invalid_scope")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("max_age", "soon", "invalid_request")]
    public async Task A_faulty_request_is_answered_to_the_client(string parameter, string? value, string error)
    {
        using var browser = provider.OpenBrowser();
        using var redirect = await browser.AuthorizeAsync((parameter, value));
        var answer = Browser.Answer(redirect);
        Assert.Equal(error, answer["error"]);
        Assert.Equal("the-state", answer["state"]);
        Assert.NotEmpty(answer["error_description"]);
    }

    [Theory]
    [InlineData("redirect_uri", "https://attacker.example/back")]
    [InlineData("redirect_uri", "http://localhost.attacker.example/back")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", "integrator")]
    public async Task Nothing_is_redirected_to_a_place_that_is_not_registered(string parameter, string? value)
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync((parameter, value));
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Null(page.Headers.Location);
    }

    [Theory]
    [InlineData("code_verifier", null)]
    [InlineData("code_verifier", "another-verifier-of-at-least-forty-three-characters")]
    [InlineData("redirect_uri", "http://localhost:4711/elsewhere")]
    [InlineData("code", "made-up")]
    public async Task A_code_is_worth_nothing_without_what_belongs_to_it(string parameter, string? value)
    {
        using var browser = provider.OpenBrowser();
        var code = (await browser.SignInAsync("analyst"))["code"];
        var (response, body) = await browser.RedeemAsync(code, (parameter, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_code_used_twice_ends_the_session_it_started()
    {
        using var browser = provider.OpenBrowser();
        var code = (await browser.SignInAsync("analyst"))["code"];
        var (_, tokens) = await browser.RedeemAsync(code);
        var (again, _) = await browser.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);

        var (refresh, _) = await provider.PostAsync("token", new()
        {
            ["grant_type"] = "refresh_token", ["client_id"] = "portal", ["refresh_token"] = tokens.GetProperty("refresh_token").GetString()!,
        });
        Assert.Equal(HttpStatusCode.BadRequest, refresh.StatusCode);
    }

    [Fact]
    public async Task A_code_expires_after_a_minute()
    {
        using var browser = provider.OpenBrowser();
        var code = (await browser.SignInAsync("analyst"))["code"];
        provider.Clock.Advance(TimeSpan.FromSeconds(61));
        var (response, _) = await browser.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Somebody_signed_in_is_not_asked_again_unless_the_client_wants_it()
    {
        using var browser = provider.OpenBrowser();
        await browser.SignInAsync("reviewer");
        using var second = await browser.AuthorizeAsync(("prompt", "none"));
        Assert.NotEmpty(Browser.Answer(second)["code"]);
        using var forced = await browser.AuthorizeAsync(("prompt", "login"));
        Assert.Equal(HttpStatusCode.OK, forced.StatusCode);

        provider.Clock.Advance(TimeSpan.FromSeconds(11));
        using var stale = await browser.AuthorizeAsync(("max_age", "10"));
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
    }
}
