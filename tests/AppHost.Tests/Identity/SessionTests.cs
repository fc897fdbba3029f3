using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class SessionTests(LocalProvider provider) : IClassFixture<LocalProvider>
{
    [Fact]
    public async Task Userinfo_tells_who_the_token_speaks_for()
    {
        using var browser = provider.OpenBrowser();
        var tokens = await browser.GetTokensAsync("operator");
        var (status, body) = await UserInfoAsync(tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("operator", body.GetProperty("preferred_username").GetString());
        Assert.Equal("koordinierungsstelle-beispiel", body.GetProperty("org").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-a-token")]
    public async Task Userinfo_refuses_a_bad_token(string? token)
    {
        var (status, body) = await UserInfoAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("invalid_token", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_id_token_is_not_an_access_token()
    {
        using var browser = provider.OpenBrowser();
        var tokens = await browser.GetTokensAsync("operator");
        var (status, _) = await UserInfoAsync(tokens.GetProperty("id_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Logout_with_the_id_token_ends_the_session_and_returns_to_the_client()
    {
        using var browser = provider.OpenBrowser();
        var tokens = await browser.GetTokensAsync("holder2");
        var hint = tokens.GetProperty("id_token").GetString();
        using var answer = await browser.GetAsync(
            $"{provider.Endpoint("logout")}?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString("http://localhost:4711/bye")}&state=s1");
        Assert.Equal("http://localhost:4711/bye?state=s1", answer.Headers.Location!.ToString());

        var (status, _) = await UserInfoAsync(tokens.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.False((await IntrospectAsync(tokens.GetProperty("access_token").GetString()!)).GetProperty("active").GetBoolean());
        using var again = await browser.AuthorizeAsync(("prompt", "none"));
        Assert.Equal("login_required", Browser.Answer(again)["error"]);
    }

    [Fact]
    public async Task Logout_without_the_id_token_asks_first()
    {
        using var browser = provider.OpenBrowser();
        await browser.SignInAsync("holder2");
        using var question = await browser.GetAsync(provider.Endpoint("logout"));
        Assert.Equal(HttpStatusCode.OK, question.StatusCode);
        using var still = await browser.AuthorizeAsync(("prompt", "none"));
        Assert.True(Browser.Answer(still).ContainsKey("code"));

        var form = await Browser.ReadFormAsync(question, "", "");
        using var done = await browser.PostAsync(provider.Endpoint("logout"), form);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var gone = await browser.AuthorizeAsync(("prompt", "none"));
        Assert.Equal("login_required", Browser.Answer(gone)["error"]);
    }

    [Fact]
    public async Task Logout_does_not_redirect_elsewhere()
    {
        using var browser = provider.OpenBrowser();
        var tokens = await browser.GetTokensAsync("holder2");
        using var answer = await browser.GetAsync(
            $"{provider.Endpoint("logout")}?id_token_hint={tokens.GetProperty("id_token").GetString()}&post_logout_redirect_uri=https://attacker.example/");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Introspection_tells_confidential_clients_whether_a_token_is_good()
    {
        using var browser = provider.OpenBrowser();
        var token = (await browser.GetTokensAsync("analyst")).GetProperty("access_token").GetString()!;
        var claims = await IntrospectAsync(token);
        Assert.True(claims.GetProperty("active").GetBoolean());
        Assert.Equal("analyst", claims.GetProperty("username").GetString());

        provider.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.False((await IntrospectAsync(token)).GetProperty("active").GetBoolean());
        var (refused, _) = await provider.PostAsync("token/introspect", new() { ["client_id"] = "portal", ["token"] = token });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private async Task<JsonElement> IntrospectAsync(string token) =>
        (await provider.PostAsync("token/introspect", new() { ["token"] = token }, client: "gateway")).Body;

    private async Task<(HttpStatusCode Status, JsonElement Body)> UserInfoAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.Endpoint("userinfo"));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await provider.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
