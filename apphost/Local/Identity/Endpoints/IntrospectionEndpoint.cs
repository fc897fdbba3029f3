using System.Buffers.Text;
using System.Text.Json;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.AppHost.Local.Identity.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>RFC 7662: whether a token is still good, for confidential clients.</summary>
internal static class IntrospectionEndpoint
{
    public static void Map(IEndpointRouteBuilder realm) => realm.MapPost("/protocol/openid-connect/token/introspect", IntrospectAsync);

    private static async Task<IResult> IntrospectAsync(
        HttpContext context, Realm realm, TokenReader reader, SessionStore sessions, OneTimeSecrets<RefreshGrant> refreshTokens)
    {
        try
        {
            var parameters = await Parameters.FromFormAsync(context.Request);
            ClientAuthentication.AuthenticateConfidential(context.Request, parameters, realm);
            var token = parameters.Required("token");

            if (refreshTokens.Peek(token) is { } refresh && sessions.Find(refresh.Session.Id) is not null)
                return Results.Json(new { active = true, token_type = "Refresh", client_id = refresh.ClientId, scope = refresh.Scope, sub = refresh.Session.Account.Id });

            // Tokens of client credentials have no session that could have ended.
            var jwt = await reader.ReadAsync(token, "Bearer");
            if (jwt is null || (jwt.GetPayloadText("sid") is { } sid && sessions.Find(sid) is null))
                return Results.Json(new { active = false });

            var claims = JsonSerializer.Deserialize<Dictionary<string, object>>(Base64Url.DecodeFromChars(jwt.EncodedPayload))!;
            claims["active"] = true;
            claims["token_type"] = "Bearer";
            claims["client_id"] = jwt.GetPayloadText("azp") ?? "";
            claims["username"] = jwt.GetPayloadText("preferred_username") ?? "";
            return Results.Json(claims);
        }
        catch (OAuthException refusal)
        {
            return refusal.ToResult();
        }
    }
}
