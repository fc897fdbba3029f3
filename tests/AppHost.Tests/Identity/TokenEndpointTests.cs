using System.Net;
using Ecosystem.AppHost.Demo;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class TokenEndpointTests(LocalProvider provider) : IClassFixture<LocalProvider>
{
    private static readonly Dictionary<string, string> ClientCredentials = new() { ["grant_type"] = "client_credentials" };

    [Fact]
    public async Task A_partner_program_gets_a_token_of_its_service_account()
    {
        var (response, body) = await provider.PostAsync("token", ClientCredentials, client: "integrator");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(body.TryGetProperty("refresh_token", out _));
        var claims = LocalProvider.Claims(body.GetProperty("access_token").GetString());
        Assert.Equal("service-account-integrator", claims.GetProperty("preferred_username").GetString());
        Assert.Equal("integrator", claims.GetProperty("azp").GetString());
        Assert.Equal("partner-beispiel", claims.GetProperty("org").GetString());
        Assert.Equal(["developer", "data-holder"], claims.GetProperty("realm_access").GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.False(claims.TryGetProperty("sid", out _));
    }

    [Fact]
    public async Task A_secret_in_the_form_works_as_well()
    {
        var form = new Dictionary<string, string>(ClientCredentials) { ["client_id"] = "catalog", ["client_secret"] = LocalProvider.Secret };
        var (response, body) = await provider.PostAsync("token", form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("service", LocalProvider.Claims(body.GetProperty("access_token").GetString()).GetProperty("realm_access").GetProperty("roles")[0].GetString());
    }

    [Theory]
    [InlineData("integrator", "wrong", "invalid_client")]
    [InlineData("nobody", LocalProvider.Secret, "invalid_client")]
    [InlineData("portal", "", "unauthorized_client")]
    public async Task Without_its_secret_a_client_gets_nothing(string client, string secret, string error)
    {
        var (response, body) = await provider.PostAsync("token", ClientCredentials, client, secret);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.Equal("Basic", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_password_grant_is_not_offered()
    {
        var (response, body) = await provider.PostAsync("token", new()
        {
            ["grant_type"] = "password", ["client_id"] = "portal", ["username"] = "holder", ["password"] = "development-only",
        });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("unsupported_grant_type", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_refresh_token_is_replaced_at_each_use()
    {
        using var browser = provider.OpenBrowser();
        var first = await browser.GetTokensAsync("developer");
        provider.Clock.Advance(TimeSpan.FromMinutes(10));
        var (response, second) = await RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(first.GetProperty("refresh_token").GetString(), second.GetProperty("refresh_token").GetString());
        Assert.Equal(
            LocalProvider.Claims(first.GetProperty("access_token").GetString()).GetProperty("sid").GetString(),
            LocalProvider.Claims(second.GetProperty("access_token").GetString()).GetProperty("sid").GetString());
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_the_session_for_both_holders()
    {
        using var browser = provider.OpenBrowser();
        var stolen = (await browser.GetTokensAsync("developer")).GetProperty("refresh_token").GetString()!;
        var (_, next) = await RefreshAsync(stolen);
        var (reuse, body) = await RefreshAsync(stolen);
        Assert.Equal(HttpStatusCode.BadRequest, reuse.StatusCode);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
        var (successor, _) = await RefreshAsync(next.GetProperty("refresh_token").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, successor.StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_is_bound_to_its_client()
    {
        using var browser = provider.OpenBrowser();
        var token = (await browser.GetTokensAsync("developer")).GetProperty("refresh_token").GetString()!;
        var (response, _) = await provider.PostAsync("token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token }, client: "integrator");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_idle_session_cannot_be_refreshed()
    {
        using var browser = provider.OpenBrowser();
        var token = (await browser.GetTokensAsync("developer")).GetProperty("refresh_token").GetString()!;
        provider.Clock.Advance(TimeSpan.FromMinutes(31));
        var (response, _) = await RefreshAsync(token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_program_can_act_as_a_development_account_through_the_form()
    {
        var signIn = new SignIn(new Uri(provider.Realm), new Uri("http://localhost:8080"));
        var token = await signIn.AsAsync("auditor", "development-only", CancellationToken.None);
        Assert.Equal("auditor", LocalProvider.Claims(token).GetProperty("preferred_username").GetString());
        await Assert.ThrowsAsync<InvalidOperationException>(() => signIn.AsAsync("auditor", "wrong", CancellationToken.None));
    }

    private Task<(HttpResponseMessage Response, System.Text.Json.JsonElement Body)> RefreshAsync(string token) =>
        provider.PostAsync("token", new() { ["grant_type"] = "refresh_token", ["client_id"] = "portal", ["refresh_token"] = token });
}
