using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ecosystem.Testing;

namespace Ecosystem.ServiceDefaults.Tests;

/// <summary>Whose token came last over a connection is remembered there; the next request is nevertheless whose token it carries.</summary>
public sealed class LastTokenTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private TestService _service = null!;
    private HttpClient _oneConnection = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _service = await TestService.StartAsync(_issuer.Address);
        _oneConnection = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = _service.Http.BaseAddress };
    }

    public async Task DisposeAsync()
    {
        _oneConnection.Dispose();
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Callers_who_take_turns_over_one_connection_are_told_apart()
    {
        var (one, other) = (_issuer.Token("analyst", org: "institut-beispiel"), _issuer.Token("provider", org: "klinikum-beispiel"));

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal("institut-beispiel", await OrganisationAsync(one));
            Assert.Equal("institut-beispiel", await OrganisationAsync(one));
            Assert.Equal("klinikum-beispiel", await OrganisationAsync(other));
            Assert.Equal("", await OrganisationAsync(token: null));
        }
    }

    [Fact]
    public async Task A_token_that_ends_is_refused_on_the_connection_that_it_was_good_on()
    {
        var token = _issuer.Token("analyst", lifetimeSeconds: 2);
        using (var first = await AskAsync(token))
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        await Eventually.True(async () => { using var answer = await AskAsync(token); return answer.StatusCode == HttpStatusCode.Unauthorized; }, "the token has ended");
    }

    private async Task<string> OrganisationAsync(string? token)
    {
        using var answer = await AskAsync(token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var provider = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("provider");
        return provider.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }

    private Task<HttpResponseMessage> AskAsync(string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/catalog/v1/competences/c1");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return _oneConnection.SendAsync(request);
    }
}
