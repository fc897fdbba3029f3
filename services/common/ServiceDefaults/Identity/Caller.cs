using System.Security.Claims;
using Ecosystem.Grpc;
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

    /// <summary>The organisation in whose name something is registered, said or done.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED (NO_ORGANISATION) when the account acts for none.</exception>
    public string OrganisationOrRefuse() => Organisation.Length > 0
        ? Organisation
        : throw RichStatus.PermissionDenied("NO_ORGANISATION", "Your account acts for no organisation. Ask your operator to assign one (claim 'org').");

    /// <summary>Whether the caller's organisation, or the operation of the platform (role <c>operator</c>), answers for what belongs to <paramref name="owner"/>.</summary>
    public bool AnswersFor(string owner) => Has("operator") || (Organisation.Length > 0 && Organisation == owner);

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
