using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Matching.Rules;

/// <summary>What a caller may do with a single resource; which methods it may call at all, the contract says.</summary>
internal static class Callers
{
    public static void RefuseUnlessAnswersFor(this Caller caller, string owner, string what)
    {
        if (!caller.AnswersFor(owner)) throw RichStatus.PermissionDenied("NOT_THE_OWNER", $"This {what} belongs to {owner}; only that organisation and operators may do this.");
    }
}
