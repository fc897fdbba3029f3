using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Ecosystem.AppHost.Local.Identity.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Endpoints;

/// <summary>The token endpoint: authorization code, refresh token, client credentials.</summary>
internal static class TokenEndpoint
{
    public static void Map(IEndpointRouteBuilder realm) =>
        realm.MapPost("/protocol/openid-connect/token", async (HttpContext context, TokenGrants grants, Realm settings) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.Pragma = "no-cache";
            try
            {
                var parameters = await Parameters.FromFormAsync(context.Request);
                var client = ClientAuthentication.Authenticate(context.Request, parameters, settings);
                return Results.Json(parameters.Required("grant_type") switch
                {
                    "authorization_code" => grants.ForCode(client, parameters),
                    "refresh_token" => grants.ForRefreshToken(client, parameters),
                    "client_credentials" => grants.ForClient(client, parameters),
                    _ => throw new OAuthException(
                        "unsupported_grant_type", "Known grant types: authorization_code, refresh_token, client_credentials."),
                });
            }
            catch (OAuthException refusal)
            {
                // RFC 6749 section 5.2: a challenge answers a client that used the Authorization header, no other.
                if (refusal.Status == StatusCodes.Status401Unauthorized && context.Request.Headers.Authorization.Count > 0)
                    context.Response.Headers.WWWAuthenticate = $"Basic realm=\"{settings.Name}\"";
                return refusal.ToResult();
            }
        });
}

/// <summary>What each grant type gives.</summary>
internal sealed class TokenGrants(
    Realm realm, TokenIssuer tokens, SessionStore sessions, OneTimeSecrets<CodeGrant> codes, OneTimeSecrets<RefreshGrant> refreshTokens, TimeProvider clock)
{
    public Dictionary<string, object> ForCode(Client client, Parameters parameters)
    {
        var (grant, usedBefore) = codes.Redeem(parameters.Required("code"));
        if (grant is null)
            throw OAuthException.InvalidGrant("Code not valid: it is unknown or has expired.");
        if (usedBefore)
        {
            // Two holders of one code: whoever was first may be the thief, so what it gave is taken back (RFC 6749 section 4.1.2).
            sessions.End(grant.Session.Id);
            throw OAuthException.InvalidGrant("Code already used; the session it started has been ended.");
        }

        if (grant.ClientId != client.Id)
            throw OAuthException.InvalidGrant("The code was issued to another client.");
        if (parameters["redirect_uri"] != grant.RedirectUri)
            throw OAuthException.InvalidGrant("Incorrect redirect_uri: it must be the one of the authorization request.");
        Pkce.Check(grant, parameters["code_verifier"]);
        return ForSession(client, Alive(grant.Session), grant.Scope, grant.Nonce);
    }

    public Dictionary<string, object> ForRefreshToken(Client client, Parameters parameters)
    {
        var (grant, usedBefore) = refreshTokens.Redeem(parameters.Required("refresh_token"));
        if (grant is null)
            throw OAuthException.InvalidGrant("Invalid refresh token: it is unknown or has expired.");
        if (usedBefore || grant.ClientId != client.Id)
        {
            sessions.End(grant.Session.Id);
            throw OAuthException.InvalidGrant(usedBefore
                ? "Maximum allowed refresh token reuse exceeded; the session has been ended."
                : "The refresh token was issued to another client; the session has been ended.");
        }

        var scope = parameters["scope"] is { } narrower ? Scopes.Grant(narrower) : grant.Scope;
        if (Scopes.IncludesOpenId(scope) && !Scopes.IncludesOpenId(grant.Scope))
            throw new OAuthException("invalid_scope", "A refresh cannot widen the scope.");
        return ForSession(client, Alive(grant.Session), scope, nonce: null);
    }

    public Dictionary<string, object> ForClient(Client client, Parameters parameters)
    {
        if (!client.MayUseClientCredentials || realm.FindServiceAccount(client) is not { } account)
            throw new OAuthException("unauthorized_client", $"The client '{client.Id}' has no service account.", StatusCodes.Status401Unauthorized);
        var scope = Scopes.Grant(parameters["scope"]);
        return Response(tokens.AccessToken(client, account, session: null, scope), scope);
    }

    private Dictionary<string, object> ForSession(Client client, SignedInSession session, string scope, string? nonce)
    {
        sessions.Touch(session);
        var accessToken = tokens.AccessToken(client, session.Account, session, scope);
        var untilSessionEnds = session.SignedInAt + realm.SessionMaxLifetime - clock.GetUtcNow();
        var refreshLifetime = untilSessionEnds < realm.SessionIdleTimeout ? untilSessionEnds : realm.SessionIdleTimeout;

        var response = Response(accessToken, scope);
        response["refresh_token"] = refreshTokens.Issue(new RefreshGrant(client.Id, scope, session), refreshLifetime);
        response["refresh_expires_in"] = (int)refreshLifetime.TotalSeconds;
        response["session_state"] = session.Id;
        if (Scopes.IncludesOpenId(scope))
            response["id_token"] = tokens.IdToken(client, session, nonce, accessToken);
        return response;
    }

    private SignedInSession Alive(SignedInSession session) =>
        sessions.Find(session.Id) ?? throw OAuthException.InvalidGrant("Session not active: it has ended or expired.");

    private Dictionary<string, object> Response(string accessToken, string scope) => new(StringComparer.Ordinal)
    {
        ["access_token"] = accessToken,
        ["expires_in"] = (int)realm.AccessTokenLifetime.TotalSeconds,
        ["refresh_expires_in"] = 0,
        ["token_type"] = "Bearer",
        ["not-before-policy"] = 0,
        ["scope"] = scope,
    };
}
