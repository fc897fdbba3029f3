using Ecosystem.AppHost.Local.Identity.Keys;
using Ecosystem.AppHost.Local.Identity.Protocol;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.AppHost.Local.Identity.Tokens;

/// <summary>Reads back tokens that this provider issued; anything else is null.</summary>
internal sealed class TokenReader(Issuer issuer, SigningKeys keys, TimeProvider clock)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <param name="token">The compact JWT.</param>
    /// <param name="type">The expected <c>typ</c> claim: <c>Bearer</c> or <c>ID</c>, so that one kind cannot pass for the other.</param>
    /// <param name="acceptExpired">True for an <c>id_token_hint</c>, which may be old (RP-Initiated Logout section 2).</param>
    public async Task<JsonWebToken?> ReadAsync(string? token, string type, bool acceptExpired = false)
    {
        if (string.IsNullOrEmpty(token))
            return null;

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Name,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = keys.Published.Select(key => key.Security),
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => acceptExpired || expires > clock.GetUtcNow().UtcDateTime,
        });

        return result is { IsValid: true, SecurityToken: JsonWebToken jwt }
            && jwt.TryGetPayloadValue<string>("typ", out var actual) && actual == type
            ? jwt
            : null;
    }
}
