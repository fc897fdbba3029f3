using Ecosystem.AppHost.Local.Identity;
using Ecosystem.Testing;

namespace Ecosystem.InteropTests.Oidc;

/// <summary>The local OpenID provider, judged by openid-client from npm.</summary>
public sealed class OpenIdClientTests : IAsyncLifetime
{
    private const string Secret = "interop+secret/with:signs";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("identity-");
    private Microsoft.AspNetCore.Builder.WebApplication? _provider;

    public async Task InitializeAsync()
    {
        _provider = IdentityApplication.Create(
            new IdentityOptions
            {
                ListenAddress = new Uri("http://127.0.0.1:0"),
                RealmFile = Path.Combine(Repository.Root, "charts/ecosystem/files/realm-ecosystem.json"),
                UsersFile = Path.Combine(Repository.Root, "apphost/Local/Identity/ecosystem-users-0.json"),
                StateDirectory = _state.FullName,
                EnvironmentName = "Development",
                Environment = name => name.EndsWith("_CLIENT_SECRET", StringComparison.Ordinal) ? Secret : null,
            },
            TimeProvider.System);
        await _provider.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _provider!.DisposeAsync();
        _state.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task A_certified_client_signs_in_refreshes_and_signs_out()
    {
        var result = await new NodeProgram("interop/oidc").RunAsync(
            "judge.mjs",
            [$"{_provider!.Urls.Single()}/realms/ecosystem"],
            new Dictionary<string, string> { ["INTEGRATOR_CLIENT_SECRET"] = Secret });
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal(7, result.Output.Split('\n').Count(line => line.StartsWith("kept: ", StringComparison.Ordinal)));
    }
}
