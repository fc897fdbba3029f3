using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private TestService _service = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _service = await TestService.StartAsync(_issuer.Address);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_public_method_needs_no_token()
    {
        var answer = await _service.Http.GetAsync("/catalog/v1/competences/1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_handler_sees_who_calls()
    {
        var answer = await Create(_issuer.Token("developer", org: "ki-team-beispiel"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var seen = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("subject-1", seen.GetProperty("id").GetString());
        Assert.Equal("ki-team-beispiel", seen.GetProperty("provider").GetProperty("id").GetString());
        Assert.Equal("developer", seen.GetProperty("methods")[0].GetString());
    }

    [Fact]
    public Task Without_a_token_the_call_is_refused() => Refused(null, HttpStatusCode.Unauthorized, "TOKEN_MISSING");

    [Fact]
    public Task An_expired_token_is_refused() =>
        Refused(_issuer.Token("developer", lifetimeSeconds: -60), HttpStatusCode.Unauthorized, "TOKEN_EXPIRED");

    [Fact]
    public Task A_token_for_another_API_is_refused() =>
        Refused(_issuer.Token("developer", audience: "account"), HttpStatusCode.Unauthorized, "TOKEN_WRONG_AUDIENCE");

    [Fact]
    public Task A_token_of_another_issuer_is_refused() =>
        Refused(_issuer.Token("developer", issuer: "http://127.0.0.1:1/realms/other"), HttpStatusCode.Unauthorized, "TOKEN_WRONG_ISSUER");

    [Fact]
    public async Task A_token_signed_by_somebody_else_is_refused()
    {
        using var other = RSA.Create(2048);
        await Refused(
            _issuer.Token("developer", signedBy: new RsaSecurityKey(other) { KeyId = "test" }), HttpStatusCode.Unauthorized, "TOKEN_WRONG_SIGNATURE");
    }

    [Fact]
    public Task A_token_that_is_none_is_refused() => Refused("not.a.token", HttpStatusCode.Unauthorized, "TOKEN_MALFORMED");

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var parts = _issuer.Token("developer").Split('.');
        await Refused($"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{parts[1]}.", HttpStatusCode.Unauthorized, "TOKEN_WRONG_SIGNATURE");
    }

    [Fact]
    public async Task A_token_without_the_role_is_refused_naming_the_roles_that_carry_the_permission()
    {
        var problem = await Refused(_issuer.Token("learner"), HttpStatusCode.Forbidden, "ROLE_MISSING");

        Assert.Contains("catalog.competences.create", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("developer", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_token_is_refused_on_a_public_method_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/catalog/v1/competences/1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _issuer.Token("developer", lifetimeSeconds: -60));

        var answer = await _service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task While_the_identity_provider_is_away_a_token_is_neither_accepted_nor_called_wrong()
    {
        var token = _issuer.Token("developer");
        await _issuer.DisposeAsync();

        await Refused(token, HttpStatusCode.ServiceUnavailable, "IDENTITY_PROVIDER_UNREACHABLE");
    }

    private async Task<JsonElement> Refused(string? token, HttpStatusCode status, string reason)
    {
        var answer = await Create(token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(reason, problem.GetProperty("reason").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        return problem;
    }

    private async Task<HttpResponseMessage> Create(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/catalog/v1/competences") { Content = JsonContent.Create(new { }) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _service.Http.SendAsync(request);
    }
}
