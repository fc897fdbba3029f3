using Ecosystem.ServiceDefaults.Identity;

namespace Ecosystem.Catalog.Rules;

/// <summary>What a caller may do with a single resource; which methods it may call at all, the contract says.</summary>
internal static class Callers
{
    public static bool IsOperator(this Caller caller) => caller.Has("operator");

    public static bool IsEditor(this Caller caller) => caller.Has("editor");
}
