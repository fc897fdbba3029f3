using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Matching.Rules;

/// <summary>What a caller may do with a single resource; which methods it may call at all, the contract says.</summary>
internal static class Callers
{
    /// <summary>The organisation in whose name something is said or done.</summary>
    public static string OrganisationOrRefuse(this Caller caller) => caller.Organisation.Length > 0
        ? caller.Organisation
        : throw RichStatus.PermissionDenied("NO_ORGANISATION", "Your account acts for no organisation. Ask your operator to assign one (claim 'org').");

    /// <summary>Whether the caller's organisation, or the operation of the platform, answers for what belongs to <paramref name="owner"/>.</summary>
    public static bool AnswersFor(this Caller caller, string owner) =>
        caller.Has("operator") || (caller.Organisation.Length > 0 && caller.Organisation == owner);

    public static void RefuseUnlessAnswersFor(this Caller caller, string owner, string what)
    {
        if (!caller.AnswersFor(owner)) throw RichStatus.PermissionDenied("NOT_THE_OWNER", $"This {what} belongs to {owner}; only that organisation and operators may do this.");
    }
}
