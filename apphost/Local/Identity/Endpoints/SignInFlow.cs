using Ecosystem.AppHost.Local.Identity.Pages;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>The steps between a request for sign-in and the answer to the client.</summary>
internal sealed class SignInFlow(
    Realm realm, Issuer issuer, SessionStore sessions, PendingLogins logins, OneTimeSecrets<CodeGrant> codes, BrowserBinding browser, IdentityPages pages)
{
    private string FormAction => $"/realms/{realm.Name}/login-actions/authenticate";

    public IResult ShowForm(HttpContext context, PendingLogin login, PageLanguage language)
    {
        var id = logins.Add(login);
        return pages.SignInForm(FormFor(context, login, id, language) with { Username = login.Request.LoginHint });
    }

    public IResult ShowFailure(HttpContext context, PendingLogin login, string id, PageLanguage language, string? username) =>
        pages.SignInForm(FormFor(context, login, id, language) with { Username = username, Failed = true });

    /// <summary>Sends the browser back with a code.</summary>
    public IResult Answer(AuthorizationRequest request, SignedInSession session)
    {
        sessions.Touch(session);
        var grant = new CodeGrant(request.Client.Id, request.RedirectUri, request.Scope, request.Nonce, request.CodeChallenge, session);
        return Redirect(request.RedirectUri, request.State, ("code", codes.Issue(grant, realm.CodeLifetime)), ("session_state", session.Id));
    }

    /// <summary>Sends the browser back with an error (RFC 6749 section 4.1.2.1).</summary>
    public IResult Refuse(string redirectUri, string? state, string error, string description) =>
        Redirect(redirectUri, state, ("error", error), ("error_description", description));

    // "iss" lets the client see which provider answered (RFC 9207).
    private IResult Redirect(string redirectUri, string? state, params (string Name, string Value)[] answer) =>
        Results.Redirect(QueryHelpers.AddQueryString(redirectUri, answer
            .Append(("iss", issuer.Name))
            .Concat(state is null ? [] : [("state", state)])
            .Select(pair => KeyValuePair.Create<string, string?>(pair.Item1, pair.Item2))));

    private SignInForm FormFor(HttpContext context, PendingLogin login, string id, PageLanguage language) => new(
        language, login.Request, id, browser.CreateToken(context, id), FormAction,
        Links.InLanguage($"/realms/{realm.Name}/protocol/openid-connect/auth", login.Query));
}
