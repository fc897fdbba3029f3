using System.Net;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class SignInFormTests(LocalProvider provider) : IClassFixture<LocalProvider>
{
    [Theory]
    [InlineData("holder", "wrong")]
    [InlineData("nobody", "development-only")]
    [InlineData("service-account-integrator", "")]
    public async Task A_wrong_password_and_an_unknown_user_are_answered_alike(string username, string password)
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync();
        using var answer = await browser.SubmitAsync(await Browser.ReadFormAsync(page, username, password));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Benutzername oder Passwort ist falsch", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_can_be_tried_again_after_a_mistake()
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync();
        using var mistake = await browser.SubmitAsync(await Browser.ReadFormAsync(page, "holder", "wrong"));
        using var answer = await browser.SubmitAsync(await Browser.ReadFormAsync(mistake, "HOLDER", "development-only"));
        Assert.NotEmpty(Browser.Answer(answer)["code"]);
    }

    [Fact]
    public async Task A_form_works_only_in_the_browser_it_was_made_for()
    {
        using var attacker = provider.OpenBrowser();
        using var page = await attacker.AuthorizeAsync();
        var form = await Browser.ReadFormAsync(page, "holder", "development-only");
        using var victim = provider.OpenBrowser();
        using var other = await victim.AuthorizeAsync();
        using var answer = await victim.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_signs_in_once()
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync();
        var form = await Browser.ReadFormAsync(page, "holder", "development-only");
        using var first = await browser.SubmitAsync(form);
        using var second = await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
    }

    [Fact]
    public async Task What_the_client_sends_is_escaped()
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync(("login_hint", "\"><script>alert(1)</script>"), ("state", "'\"><img src=x>"));
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "<html lang=\"de\">", "Passwort")]
    [InlineData("en", "<html lang=\"en\">", "Password")]
    public async Task The_form_speaks_German_and_English(string locale, string root, string label)
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync(("kc_locale", locale));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains(root, html, StringComparison.Ordinal);
        Assert.Contains(label, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_allows_no_script_no_frame_and_no_foreign_form_target()
    {
        using var browser = provider.OpenBrowser();
        using var page = await browser.AuthorizeAsync();
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' http://localhost:4711;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains(page.Headers.GetValues("Set-Cookie"), cookie =>
            cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
    }

    [SkippableFact]
    public Task The_form_is_accessible() => AccessibilityJudge.AcceptsAsync(
        Browser.AuthorizeAddress(provider, ("kc_locale", "de")), Browser.AuthorizeAddress(provider, ("kc_locale", "en")), provider.Endpoint("logout"));
}
