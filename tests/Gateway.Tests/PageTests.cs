using System.Text.Json;
using Ecosystem.Contracts;
using Ecosystem.Testing;

namespace Ecosystem.Gateway.Tests;

public sealed class PageTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(settings: ["--environment=Development"]);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("/", "de-DE,de;q=0.9,en;q=0.5", "de", "Was läuft")]
    [InlineData("/", "fr,en;q=0.8,de;q=0.5", "en", "What is running")]
    [InlineData("/", "fr", "de", "Was läuft")]
    [InlineData("/?lang=en", "de", "en", "What is running")]
    [InlineData("/?lang=de", "en", "de", "Was läuft")]
    [InlineData("/api", "en", "en", "who may make it")]
    public async Task The_page_speaks_the_language_of_its_reader(string path, string accepted, string language, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var answer = await _gateway.Rest.SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Equal(language, Assert.Single(answer.Content.Headers.ContentLanguage));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    public async Task The_page_loads_nothing_from_elsewhere_and_runs_no_script(string path)
    {
        using var answer = await _gateway.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_how_each_service_is_right_now()
    {
        Assert.Equal(["healthy", "unreachable", "unreachable"], await StatesAsync());
        _gateway.Catalog.HealthStatus = 503;
        Assert.Equal(["unwell", "unreachable", "unreachable"], await StatesAsync());
    }

    [Fact]
    public async Task A_service_that_is_down_does_not_take_the_door_away()
    {
        using var answer = await _gateway.GetAsync("/health");
        Assert.True(answer.IsSuccessStatusCode);
        var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("policy").GetProperty("status").GetString());
        Assert.Equal("Healthy", health.GetProperty("checks").GetProperty("catalog").GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_development_accounts_shown_are_those_that_exist()
    {
        var users = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "apphost/Local/Identity/ecosystem-users-0.json")));
        var html = await _gateway.Rest.GetStringAsync("/?lang=en");
        Assert.All(users.RootElement.GetProperty("users").EnumerateArray(), user => Assert.Contains(
            $"<tr><th scope=\"row\">{user.GetProperty("username").GetString()}</th><td>{user.GetProperty("attributes").GetProperty("org")[0].GetString()}</td><td>{user.GetProperty("realmRoles")[0].GetString()}</td></tr>",
            html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outside_development_no_account_is_shown()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: ["--environment=Production", "--Gateway:DevelopmentAccounts:0:Username=holder"]);
        var html = await gateway.Rest.GetStringAsync("/");
        Assert.DoesNotContain("holder", html, StringComparison.Ordinal);
        Assert.DoesNotContain("development-only", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_page_lists_every_method_of_every_contract_with_a_closed_or_named_access()
    {
        var html = await _gateway.Rest.GetStringAsync("/api?lang=en");
        Assert.All(ContractFiles.Public.SelectMany(service => service.Methods), method => Assert.Contains($"""<th scope="row">{method.Name}<""", html, StringComparison.Ordinal));
        Assert.Contains("Lists areas in the order of their keys.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/openapi.json\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>nobody</td>", html, StringComparison.Ordinal);
    }

    [SkippableFact]
    public Task The_pages_are_accessible() => AccessibilityJudge.AcceptsAsync(
        [.. new[] { "/?lang=de", "/?lang=en", "/api?lang=de" }.Select(path => new Uri(_gateway.Rest.BaseAddress!, path).ToString())]);

    private async Task<IEnumerable<string>> StatesAsync()
    {
        var html = await _gateway.Rest.GetStringAsync("/?lang=en");
        return html.Split("class=\"state ").Skip(1).Select(part => part.Split('>', '<')[1]);
    }
}
