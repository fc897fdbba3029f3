using System.Security.Claims;
using System.Text.Json;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>
/// Keycloak nests the realm roles in the claim <c>realm_access</c> as JSON (<c>{"roles":[...]}</c>); ASP.NET Core sees
/// one string. This lifts each role into a claim of its own.
/// </summary>
internal static class RealmAccess
{
    public const string RoleClaim = "role";

    public static void LiftRoles(ClaimsIdentity identity)
    {
        if (identity.FindFirst("realm_access") is { } access && !identity.HasClaim(claim => claim.Type == RoleClaim))
            identity.AddClaims(RolesIn(access.Value).Select(role => new Claim(RoleClaim, role)));
    }

    private static IEnumerable<string> RolesIn(string realmAccess)
    {
        using var document = JsonDocument.Parse(realmAccess);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("roles", out var roles)
            && roles.ValueKind == JsonValueKind.Array
            ? [.. roles.EnumerateArray().Where(role => role.ValueKind == JsonValueKind.String).Select(role => role.GetString()!)]
            : [];
    }
}
