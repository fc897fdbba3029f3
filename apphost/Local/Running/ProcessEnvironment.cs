namespace Ecosystem.AppHost.Local.Running;

/// <summary>Variables that every process of the local system gets.</summary>
internal static class ProcessEnvironment
{
    public static IReadOnlyDictionary<string, string> Common { get; } = new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",

        // Many small processes share one machine: one heap each, given back early, and no second compilation of hot methods for profiles.
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_GCConserveMemory"] = "5",
        ["DOTNET_TieredPGO"] = "0",

        ["DOTNET_STARTUP_HOOKS"] = RepositoryLayout.AppHostAssembly,
        ["DOTNET_NOLOGO"] = "1",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
        ["Logging__Console__FormatterName"] = "simple",
        ["Logging__Console__FormatterOptions__SingleLine"] = "true",
    };
}
