using System.Diagnostics;
using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.SystemTests;

/// <summary>A service that is started with wrong settings, as an operator would start it.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("services/catalog/Catalog.csproj")]
    [InlineData("services/policy/Policy.csproj", "Ledger:SigningKeyFile")]
    [InlineData("services/matching/Matching.csproj")]
    public async Task Every_wrong_setting_is_named_at_once_with_its_fix(string project, params string[] own)
    {
        var start = new ProcessStartInfo(RepositoryLayout.DotnetProgram)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(Path.Combine(RepositoryLayout.Root, project)),
        };
        start.ArgumentList.Add(RepositoryLayout.BuiltAssembly(Path.Combine(RepositoryLayout.Root, project)));
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["Keycloak__realm"] = "";
        start.Environment["Keycloak__auth-server-url"] = "somewhere";
        start.Environment["DAPR_HTTP_PORT"] = "none";
        start.Environment["Kestrel__Endpoints__http__Url"] = "nowhere";

        using var service = Process.Start(start)!;
        var output = service.StandardOutput.ReadToEndAsync();
        var errors = await service.StandardError.ReadToEndAsync();
        await service.WaitForExitAsync();

        Assert.NotEqual(0, service.ExitCode);
        string[] settings = ["Keycloak:realm", "Keycloak:auth-server-url", "DAPR_HTTP_PORT", "Kestrel:Endpoints:http:Url", "Storage:Path", .. own];
        Assert.Contains($"{settings.Length} of its settings must be put right", errors, StringComparison.Ordinal);
        foreach (var setting in settings)
        {
            Assert.Contains(setting, errors, StringComparison.Ordinal);
        }

        await output;
    }
}
