using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Catalog.Rules;

/// <summary>What a caller may do with a single resource; which methods it may call at all, the contract says.</summary>
internal static class Callers
{
    public static bool IsOperator(this Caller caller) => caller.Has("operator");

    public static bool IsEditor(this Caller caller) => caller.Has("editor");

    /// <summary>The organisation in whose name something is registered.</summary>
    public static string OrganisationOrRefuse(this Caller caller) => caller.Organisation.Length > 0
        ? caller.Organisation
        : throw RichStatus.PermissionDenied("NO_ORGANISATION", "Your account acts for no organisation. Ask your operator to assign one (claim 'org').");

    /// <summary>Whether the caller's organisation, or the operation of the platform, answers for what belongs to <paramref name="owner"/>.</summary>
    public static bool AnswersFor(this Caller caller, string owner) =>
        caller.IsOperator() || (caller.Organisation.Length > 0 && caller.Organisation == owner);
}
