namespace Ecosystem.AppHost.Local.Identity;

/// <summary>An OpenID provider for development, at Keycloak's paths and reading the realm file that Keycloak imports.</summary>
internal static class IdentityServer
{
    /// <summary>Serves until cancelled. Returns 0 after a clean stop, 2 when it refuses to start (the reason is on standard error).</summary>
    public static async Task<int> RunAsync(IdentityOptions options, CancellationToken ct)
    {
        if (options.EnvironmentName != Environments.Development)
        {
            await Console.Error.WriteLineAsync(
                $"The local OpenID provider is for development only and refuses to start in the environment '{options.EnvironmentName}'. "
                + "Use Keycloak with the same realm file, or set DOTNET_ENVIRONMENT=Development on a developer's machine.");
            return 2;
        }

        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add(options.ListenAddress.ToString());
        await app.RunAsync(ct);
        return 0;
    }
}
