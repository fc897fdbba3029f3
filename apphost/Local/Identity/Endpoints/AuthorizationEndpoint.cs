using Ecosystem.AppHost.Local.Identity.Pages;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.Pages;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>The authorization endpoint: answers at once for somebody signed in already, else shows the form.</summary>
internal static class AuthorizationEndpoint
{
    public static void Map(IEndpointRouteBuilder realm) =>
        realm.MapMethods("/protocol/openid-connect/auth", [HttpMethods.Get, HttpMethods.Post], AuthorizeAsync);

    private static async Task<IResult> AuthorizeAsync(
        HttpContext context, Realm realm, SessionStore sessions, SignInFlow flow, IdentityPages pages, TimeProvider clock)
    {
        Parameters parameters;
        Client client;
        string redirectUri;
        try
        {
            parameters = await Parameters.FromQueryOrFormAsync(context.Request);
            (client, redirectUri) = AuthorizationRequest.ReadTarget(parameters, realm);
        }
        catch (OAuthException refusal)
        {
            return pages.Message(context, IdentityTexts.CannotSignIn, IdentityTexts.AskTheApplication, refusal.Message);
        }

        AuthorizationRequest request;
        try
        {
            request = AuthorizationRequest.Read(parameters, client, redirectUri);
        }
        catch (OAuthException refusal)
        {
            return flow.Refuse(redirectUri, parameters["state"], refusal.Error, refusal.Message);
        }

        var session = sessions.FindByCookie(context.Request.Cookies[IdentityCookies.Session]);
        var fresh = session is not null && !(clock.GetUtcNow() - session.SignedInAt > request.MaxAge);
        if (session is not null && fresh && !request.Prompt.Contains("login", StringComparer.Ordinal))
            return flow.Answer(request, session);
        if (request.Prompt.Contains("none", StringComparer.Ordinal))
            return flow.Refuse(redirectUri, request.State, "login_required", "Nobody is signed in, and prompt=none forbids to ask.");

        var language = PageLanguages.Choose(
            context.Request, parameters["kc_locale"], parameters["ui_locales"]?.Split(' ')[0], context.Request.Cookies[IdentityCookies.Language]);
        if (parameters["kc_locale"] is not null)
            context.Response.Cookies.Append(IdentityCookies.Language, language.Tag(), IdentityCookies.Options);
        return flow.ShowForm(context, new PendingLogin(request, [.. parameters.All]), language);
    }
}
