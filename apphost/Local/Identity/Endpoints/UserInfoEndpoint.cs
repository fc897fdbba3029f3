using System.Net.Http.Headers;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.AppHost.Local.Identity.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>OpenID Connect Core section 5.3: about the person an access token speaks for.</summary>
internal static class UserInfoEndpoint
{
    public static void Map(IEndpointRouteBuilder realm) =>
        realm.MapMethods("/protocol/openid-connect/userinfo", [HttpMethods.Get, HttpMethods.Post], UserInfoAsync);

    private static async Task<IResult> UserInfoAsync(HttpContext context, TokenReader reader, SessionStore sessions, Realm realm)
    {
        var token = AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
                ? await reader.ReadAsync(header.Parameter, "Bearer")
                : null;
        if (token is null || sessions.Find(token.GetPayloadText("sid")) is not { } session)
            return Refuse(context, realm, StatusCodes.Status401Unauthorized, "invalid_token", "The token is missing, expired, or its session has ended.");
        if (!Scopes.IncludesOpenId(token.GetPayloadText("scope") ?? ""))
            return Refuse(context, realm, StatusCodes.Status403Forbidden, "insufficient_scope", "Missing openid scope.");

        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = session.Account.Id };
        claims.AddProfile(session.Account);
        if (realm.FindClient(token.GetPayloadText("azp")) is { } client)
            claims.AddMapped(client, session.Account, ClaimTargets.UserInfo);
        return Results.Json(claims);
    }

    private static IResult Refuse(HttpContext context, Realm realm, int status, string error, string description)
    {
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm.Name}\", error=\"{error}\", error_description=\"{description}\"";
        return new OAuthException(error, description, status).ToResult();
    }
}
