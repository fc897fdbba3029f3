using Ecosystem.AppHost.Local.Identity.Pages;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.Pages;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>Takes the sign-in form.</summary>
internal static partial class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder realm) => realm.MapPost("/login-actions/authenticate", SignInAsync);

    private static async Task<IResult> SignInAsync(
        HttpContext context, Realm realm, SessionStore sessions, PendingLogins logins, BrowserBinding browser, SignInFlow flow, IdentityPages pages, ILogger<SignInFlow> logger)
    {
        Parameters form;
        try
        {
            form = await Parameters.FromFormAsync(context.Request);
        }
        catch (OAuthException)
        {
            return pages.Message(context, IdentityTexts.FormExpired, IdentityTexts.StartAgain);
        }

        var id = form["login"] ?? "";
        if (!browser.Verify(context, id, form["form_token"]) || logins.Find(id) is not { } login)
            return pages.Message(context, IdentityTexts.FormExpired, IdentityTexts.StartAgain);

        var account = realm.FindAccount(form["username"]);
        if (!Secrets.AreEqual(account?.Password, form["password"]) || account is null)
        {
            LogRefused(logger, login.Request.Client.Id);
            var language = PageLanguages.Choose(
                context.Request, login.Query.LastOrDefault(pair => pair.Key == "kc_locale").Value, context.Request.Cookies[IdentityCookies.Language]);
            return flow.ShowFailure(context, login, id, language, form["username"]);
        }

        if (!logins.Complete(id))
            return pages.Message(context, IdentityTexts.FormExpired, IdentityTexts.StartAgain);

        // A new session id at every sign-in: whoever planted an old cookie gains nothing.
        sessions.End(sessions.FindByCookie(context.Request.Cookies[IdentityCookies.Session])?.Id);
        var (session, cookie) = sessions.Start(account);
        context.Response.Cookies.Append(IdentityCookies.Session, cookie, IdentityCookies.Options);
        LogSignedIn(logger, account.Id, login.Request.Client.Id);
        return flow.Answer(login.Request, session);
    }

    [LoggerMessage(LogLevel.Information, "Account {AccountId} signed in for the client {ClientId}.")]
    private static partial void LogSignedIn(ILogger logger, string accountId, string clientId);

    [LoggerMessage(LogLevel.Information, "A sign-in for the client {ClientId} was refused: wrong user name or password.")]
    private static partial void LogRefused(ILogger logger, string clientId);
}
