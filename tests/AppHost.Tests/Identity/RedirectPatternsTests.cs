using Ecosystem.AppHost.Local.Identity.Realms;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class RedirectPatternsTests
{
    [Theory]
    [InlineData("https://portal.example/back", "https://portal.example/back", true)]
    [InlineData("https://portal.example/back", "https://portal.example/back/", false)]
    [InlineData("https://portal.example/back", "https://portal.example/back?x=1", false)]
    [InlineData("https://portal.example/*", "https://portal.example/any/where?x=1", true)]
    [InlineData("https://portal.example/*", "https://portal.example", true)]
    [InlineData("https://portal.example/*", "https://portal.example.attacker.example/", false)]
    [InlineData("https://portal.example/*", "http://portal.example/", false)]
    [InlineData("https://portal.example/app/*", "https://portal.example/app/../admin", false)]
    [InlineData("https://portal.example/app/*", "https://portal.example/app/%2e%2e/admin", false)]
    [InlineData("https://portal.example/*", "https://portal.example\\@attacker.example/", false)]
    [InlineData("https://portal.example/*", "https://portal.example/#fragment", false)]
    [InlineData("https://portal.example/*", "https://user@portal.example/", false)]
    [InlineData("http://localhost/*", "http://localhost:51234/back", true)]
    [InlineData("http://localhost/*", "http://localhost.attacker.example:80/back", false)]
    [InlineData("http://localhost:8080/*", "http://localhost:51234/back", false)]
    [InlineData("http://localhost/*", "https://localhost:51234/back", false)]
    [InlineData("http://localhost/*", "/relative", false)]
    [InlineData("http://localhost/*", null, false)]
    public void A_redirect_is_allowed_as_Keycloak_would(string pattern, string? redirectUri, bool allowed) =>
        Assert.Equal(allowed, new RedirectPatterns([pattern]).Allow(redirectUri));
}
