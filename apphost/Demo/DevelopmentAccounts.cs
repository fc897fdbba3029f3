namespace Ecosystem.AppHost.Demo;

/// <summary>The accounts of <c>Local/Identity/ecosystem-users-0.json</c>; they exist in Development only.</summary>
internal static class DevelopmentAccounts
{
    public const string Password = "development-only";
}
