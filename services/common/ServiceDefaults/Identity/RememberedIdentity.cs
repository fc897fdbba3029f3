using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>The claims of a token that was found good. Many requests share them, so nobody may add to them or take away.</summary>
internal sealed class RememberedIdentity(ClaimsIdentity claims) : CaseSensitiveClaimsIdentity(claims)
{
    private const string Shared = "These claims are shared by all requests with the same token; clone the identity to change it.";

    public override void AddClaim(Claim claim) => throw new InvalidOperationException(Shared);

    public override void AddClaims(IEnumerable<Claim?> claims) => throw new InvalidOperationException(Shared);

    public override void RemoveClaim(Claim? claim) => throw new InvalidOperationException(Shared);

    public override bool TryRemoveClaim(Claim? claim) => throw new InvalidOperationException(Shared);
}
