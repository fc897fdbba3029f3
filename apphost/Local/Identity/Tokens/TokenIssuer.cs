using System.Security.Cryptography;
using System.Text;
using Ecosystem.AppHost.Local.Identity.Keys;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.AppHost.Local.Identity.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Tokens;

/// <summary>Makes access and ID tokens in the shape of Keycloak 26.</summary>
internal sealed class TokenIssuer(Realm realm, Issuer issuer, SigningKeys keys, TimeProvider clock)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="client">The client that asked: <c>azp</c>, and the mappers that apply.</param>
    /// <param name="account">Whom the token speaks for; a service account for client credentials.</param>
    /// <param name="session">Null for client credentials, which sign nobody in.</param>
    /// <param name="scope">The granted scope.</param>
    public string AccessToken(Client client, Account account, SignedInSession? session, string scope)
    {
        var claims = Common(client, account, session, "Bearer");
        claims["jti"] = Secrets.Create();
        claims["scope"] = scope;
        claims["realm_access"] = new Dictionary<string, object> { ["roles"] = account.Roles.ToArray() };
        if (client.WebOrigins.Count > 0)
            claims["allowed-origins"] = client.WebOrigins.ToArray();
        if (session is null)
            claims["client_id"] = client.Id;
        claims.AddProfile(account);
        claims.AddMapped(client, account, ClaimTargets.AccessToken);
        return Sign(claims, "JWT");
    }

    public string IdToken(Client client, SignedInSession session, string? nonce, string accessToken)
    {
        var claims = Common(client, session.Account, session, "ID");
        claims["jti"] = Secrets.Create();
        claims["aud"] = client.Id;
        claims["auth_time"] = session.SignedInAt.ToUnixTimeSeconds();
        claims["at_hash"] = HalfHash(accessToken);
        if (nonce is not null)
            claims["nonce"] = nonce;
        claims.AddProfile(session.Account);
        claims.AddMapped(client, session.Account, ClaimTargets.IdToken);
        return Sign(claims, "JWT");
    }

    private Dictionary<string, object> Common(Client client, Account account, SignedInSession? session, string type)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["exp"] = (now + realm.AccessTokenLifetime).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["iss"] = issuer.Name,
            ["sub"] = account.Id,
            ["typ"] = type,
            ["azp"] = client.Id,
            ["acr"] = "1",
        };
        if (session is not null)
            claims["sid"] = session.Id;
        return claims;
    }

    private string Sign(Dictionary<string, object> claims, string type) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Claims = claims,
        TokenType = type,
        SigningCredentials = keys.Current.Credentials,
    });

    // OpenID Connect Core section 3.1.3.6: the left half of the hash that the signature algorithm uses.
    private static string HalfHash(string token) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16).ToArray());
}
