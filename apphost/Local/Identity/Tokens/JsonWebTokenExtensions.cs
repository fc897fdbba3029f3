using Microsoft.IdentityModel.JsonWebTokens;

namespace Ecosystem.AppHost.Local.Identity.Tokens;

internal static class JsonWebTokenExtensions
{
    /// <summary>A claim as text; null when the token has none of that name.</summary>
    public static string? GetPayloadText(this JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var value) ? value : null;
}
