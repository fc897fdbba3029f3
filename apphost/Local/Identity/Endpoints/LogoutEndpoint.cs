using Ecosystem.AppHost.Local.Identity.Pages;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.AppHost.Local.Identity.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>
/// OpenID Connect RP-Initiated Logout 1.0. With an <c>id_token_hint</c> the client has shown whom it means; without one the person is asked
/// first, or any page could sign people out.
/// </summary>
internal static class LogoutEndpoint
{
    private const string Purpose = "logout";

    public static void Map(IEndpointRouteBuilder realm) =>
        realm.MapMethods("/protocol/openid-connect/logout", [HttpMethods.Get, HttpMethods.Post], LogoutAsync);

    private static async Task<IResult> LogoutAsync(
        HttpContext context, Realm realm, SessionStore sessions, TokenReader reader, BrowserBinding browser, IdentityPages pages, OneTimeSecrets<RefreshGrant> refreshTokens)
    {
        try
        {
            var parameters = await Parameters.FromQueryOrFormAsync(context.Request);
            if (parameters["refresh_token"] is { } refreshToken)
                return EndByRefreshToken(context, parameters, refreshToken, realm, sessions, refreshTokens);

            var hint = await reader.ReadAsync(parameters["id_token_hint"], "ID", acceptExpired: true);
            if (parameters["id_token_hint"] is not null && hint is null)
                throw OAuthException.InvalidRequest("The id_token_hint was not issued here.");
            var target = ReadTarget(parameters, realm.FindClient(hint?.GetPayloadText("azp") ?? parameters["client_id"]));

            if (hint is null && !browser.Verify(context, Purpose, parameters["form_token"]))
                return pages.SignOutForm(context, context.Request.Path + context.Request.QueryString, browser.CreateToken(context, Purpose));

            sessions.End(hint is null ? sessions.FindByCookie(context.Request.Cookies[IdentityCookies.Session])?.Id : hint.GetPayloadText("sid"));
            context.Response.Cookies.Delete(IdentityCookies.Session, IdentityCookies.Options);
            return target is null
                ? pages.Message(context, IdentityTexts.SignedOut, IdentityTexts.CloseWindow, status: StatusCodes.Status200OK)
                : Results.Redirect(target);
        }
        catch (OAuthException refusal)
        {
            return pages.Message(context, IdentityTexts.CannotSignIn, IdentityTexts.AskTheApplication, refusal.Message);
        }
    }

    private static string? ReadTarget(Parameters parameters, Client? client)
    {
        if (parameters["post_logout_redirect_uri"] is not { } target)
            return null;
        if (client is null)
            throw OAuthException.InvalidRequest("A post_logout_redirect_uri needs an id_token_hint or a known client_id.");
        if (!client.PostLogoutRedirectUris.Allow(target))
            throw OAuthException.InvalidRequest($"The post_logout_redirect_uri is not one of those registered for the client '{client.Id}'.");
        return parameters["state"] is { } state ? QueryHelpers.AddQueryString(target, "state", state) : target;
    }

    // What Keycloak's own adapters do without a browser.
    private static IResult EndByRefreshToken(
        HttpContext context, Parameters parameters, string refreshToken, Realm realm, SessionStore sessions, OneTimeSecrets<RefreshGrant> refreshTokens)
    {
        try
        {
            var client = ClientAuthentication.Authenticate(context.Request, parameters, realm);
            if (refreshTokens.Peek(refreshToken) is not { } grant || grant.ClientId != client.Id)
                throw OAuthException.InvalidGrant("Invalid refresh token.");
            sessions.End(grant.Session.Id);
            return Results.NoContent();
        }
        catch (OAuthException refusal)
        {
            return refusal.ToResult();
        }
    }
}
