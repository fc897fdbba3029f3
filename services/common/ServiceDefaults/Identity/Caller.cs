using System.Security.Claims;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.ServiceDefaults.Identity;

/// <summary>Who calls, as the access token says.</summary>
/// <param name="Subject">The subject (<c>sub</c>): a stable pseudonym given by the identity provider. Empty without a token.</param>
/// <param name="Organisation">The organisation the caller acts for (claim <c>org</c>). Empty when the caller has none.</param>
/// <param name="Roles">The realm roles.</param>
/// <param name="Region">The region this service serves.</param>
public sealed record Caller(string Subject, string Organisation, IReadOnlySet<string> Roles, string Region)
{
    /// <summary>True when no token was presented.</summary>
    public bool IsAnonymous => Subject.Length == 0;

    /// <summary>Whether the caller has the realm role <paramref name="role"/>.</summary>
    public bool Has(string role) => Roles.Contains(role);

    internal static Caller From(ClaimsPrincipal user, string region) => new(
        user.FindFirstValue("sub") ?? "",
        user.FindFirstValue("org") ?? "",
        user.FindAll(RealmAccess.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
        region);
}

/// <summary>Reads the <see cref="Caller"/> of a call.</summary>
public static class CallerExtensions
{
    /// <summary>The caller of a gRPC or transcoded REST call.</summary>
    public static Caller GetCaller(this ServerCallContext context) => context.GetHttpContext().GetCaller();

    /// <summary>The caller of an HTTP request.</summary>
    public static Caller GetCaller(this HttpContext context) => Caller.From(context.User, Hosting.Region.Of(context.RequestServices));
}
