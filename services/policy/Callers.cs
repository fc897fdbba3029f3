using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Policy;

/// <summary>What a caller may see of other organisations; which methods it may call at all, the contract says.</summary>
internal static class Callers
{
    /// <summary>Who reviews or audits the use of data sees the agreements and consents of all organisations; others see their own.</summary>
    public static bool SeesUseByAll(this Caller caller) => caller.Has("reviewer") || caller.Has("auditor");
}
