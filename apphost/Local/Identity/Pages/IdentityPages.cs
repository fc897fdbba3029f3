using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.Pages;
using static Ecosystem.AppHost.Local.Identity.Pages.IdentityTexts;

namespace Ecosystem.AppHost.Local.Identity.Pages;

/// <summary>The pages of the provider: sign in, sign out, and the sentences in between.</summary>
internal sealed class IdentityPages(Realm realm)
{
    public Page SignInForm(SignInForm form) => new()
    {
        Language = form.Language,
        Title = $"{SignIn.In(form.Language)} – {form.Request.Client.Name}",
        Brand = realm.DisplayName,
        Narrow = true,
        LinkTo = form.LinkTo,
        FormTargets = [OriginOf(form.Request.RedirectUri)],
        Status = form.Failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        Body = Html.Of($"""
            <div class="opening"><h1>{SignIn.In(form.Language)}</h1>
            <p class="lead">{ContinueTo.In(form.Language)} <strong>{form.Request.Client.Name}</strong></p></div>
            <div class="card">
            {Html.When(form.Failed, () => Html.Of($"""<div class="notice" role="alert" id="problem"><p>{WrongCredentials.In(form.Language)}</p></div>"""))}
            <form method="post" action="{form.Action}">
              <input type="hidden" name="login" value="{form.LoginId}">
              <input type="hidden" name="form_token" value="{form.FormToken}">
              <div class="field"><label for="username">{Username.In(form.Language)}</label>
              <input id="username" name="username" value="{form.Username}" autocomplete="username" autocapitalize="none" spellcheck="false" required {Describe(form)}></div>
              <div class="field"><label for="password">{Password.In(form.Language)}</label>
              <input id="password" name="password" type="password" autocomplete="current-password" required {Describe(form)}></div>
              <button type="submit">{SignIn.In(form.Language)}</button>
            </form>
            {Accounts(form.Language)}
            </div>
            """),
        Footer = Html.Of($"<p>{DevelopmentOnly.In(form.Language)}</p>"),
    };

    public Page Message(HttpContext context, Bilingual title, Bilingual sentence, string? detail = null, int status = StatusCodes.Status400BadRequest)
    {
        var language = PageLanguages.Choose(context.Request, context.Request.Query["kc_locale"], context.Request.Cookies[IdentityCookies.Language]);
        return new Page
        {
            Language = language,
            Title = title.In(language),
            Brand = realm.DisplayName,
            Narrow = true,
            LinkTo = Links.InLanguage(context.Request),
            Status = status,
            Body = Html.Of($"""
                <div class="opening"><h1>{title.In(language)}</h1></div>
                <div class="card"><p>{sentence.In(language)}</p>
                {Html.When(detail is not null, () => Html.Of($"<p><code>{detail}</code></p>"))}</div>
                """),
            Footer = Html.Of($"<p>{DevelopmentOnly.In(language)}</p>"),
        };
    }

    public Page SignOutForm(HttpContext context, string action, string formToken)
    {
        var language = PageLanguages.Choose(context.Request, context.Request.Query["kc_locale"], context.Request.Query["ui_locales"], context.Request.Cookies[IdentityCookies.Language]);
        return new Page
        {
            Language = language,
            Title = SignOut.In(language),
            Brand = realm.DisplayName,
            Narrow = true,
            LinkTo = Links.InLanguage(context.Request),
            Body = Html.Of($"""
                <div class="opening"><h1>{SignOut.In(language)}</h1></div>
                <div class="card"><p>{ReallySignOut.In(language)}</p>
                <form method="post" action="{action}"><input type="hidden" name="form_token" value="{formToken}">
                <button type="submit">{SignOut.In(language)}</button></form></div>
                """),
            Footer = Html.Of($"<p>{DevelopmentOnly.In(language)}</p>"),
        };
    }

    private static Html Describe(SignInForm form) =>
        Html.When(form.Failed, () => Html.Of($"""aria-invalid="true" aria-describedby="problem" """));

    // Passwords may be shown here: the accounts exist only in the development file, and outside Development nothing of this runs.
    private Html Accounts(PageLanguage language)
    {
        var accounts = realm.Accounts.Values.Where(account => account.Password is not null).ToList();
        return Html.When(accounts.Count > 0, () => Html.Of($"""
            <details open><summary>{DevelopmentAccounts.In(language)}</summary>
            <ul class="plain">
            {Html.Join(accounts.Select(account => Html.Of($"<li><strong>{account.Username}</strong> <span class=\"quiet\">{account.FullName} · {string.Join(", ", account.Roles)}</span></li>")))}
            </ul>
            {Html.Join(accounts.Select(account => account.Password).Distinct().Select(password => Html.Of($"<p class=\"quiet\">{DevelopmentPassword.In(language)} <code>{password}</code></p>")))}
            </details>
            """));
    }

    // A custom scheme (a native application) has no origin; browsers then compare the scheme alone.
    private static string OriginOf(string redirectUri)
    {
        var uri = new Uri(redirectUri);
        return uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : uri.Scheme + ":";
    }
}

/// <summary>What the sign-in form shows and sends along.</summary>
internal sealed record SignInForm(
    PageLanguage Language, AuthorizationRequest Request, string LoginId, string FormToken, string Action,
    Func<PageLanguage, string> LinkTo, string? Username = null, bool Failed = false);
