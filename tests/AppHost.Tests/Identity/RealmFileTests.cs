using Ecosystem.AppHost.Local.Identity;
using Ecosystem.AppHost.Local.Identity.Realms;
using Ecosystem.Testing;

namespace Ecosystem.AppHost.Tests.Identity;

public sealed class RealmFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("realm-");

    [Fact]
    public void The_shipped_realm_holds_no_password_and_no_secret()
    {
        var options = LocalProvider.Options(_folder.FullName) with { UsersFile = null };
        var realm = RealmFile.Read(options);
        Assert.All(realm.Accounts.Values, account => Assert.True(account.Password is null && account.ServiceClientId is not null));
        Assert.All(realm.Clients.Values.Where(client => !client.IsPublic), client => Assert.Equal(LocalProvider.Secret, client.Secret));
        Assert.All(realm.Clients.Values.Where(client => client.IsPublic), client => Assert.True(client.RequiresPkce));
    }

    [Fact]
    public void Every_missing_secret_is_named_at_once()
    {
        var options = LocalProvider.Options(_folder.FullName) with { Environment = _ => null };
        var problems = Assert.Throws<RealmFileException>(() => RealmFile.Read(options)).Problems;
        Assert.Equal(
            ["INTEGRATOR_CLIENT_SECRET", "GATEWAY_CLIENT_SECRET", "CATALOG_CLIENT_SECRET", "POLICY_CLIENT_SECRET", "MATCHING_CLIENT_SECRET"],
            problems.Select(problem => problem.Split(' ')[3]));
    }

    [Fact]
    public void What_only_Keycloak_knows_is_refused_instead_of_ignored()
    {
        var problems = Read("""
            {"realm": "r", "roles": {"realm": [{"name": "known"}]},
             "clients": [{"clientId": "c", "publicClient": true, "redirectUris": ["http://localhost/*"],
                          "protocolMappers": [{"name": "m", "protocolMapper": "oidc-sha256-pairwise-sub-mapper"}]},
                         {"clientId": "c", "publicClient": true, "standardFlowEnabled": false}],
             "users": [{"username": "u", "realmRoles": ["unknown"]}]}
            """);
        Assert.Collection(
            problems,
            problem => Assert.Contains("oidc-sha256-pairwise-sub-mapper", problem, StringComparison.Ordinal),
            problem => Assert.Contains("client 'c' is defined twice", problem, StringComparison.Ordinal),
            problem => Assert.Contains("role 'unknown'", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_from_the_environment_cannot_break_out_of_its_text()
    {
        var problems = new List<string>();
        var filled = Placeholders.Fill("""{"secret": "${A}", "other": "${B:fallback}", "label": "${username}"}""", name => name == "A" ? "\"}, \\ " : null, problems);
        Assert.Equal("""{"secret": "\u0022}, \\ ", "other": "fallback", "label": "${username}"}""", filled);
        Assert.Empty(problems);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<string> Read(string realm)
    {
        var path = Path.Combine(_folder.FullName, "realm.json");
        File.WriteAllText(path, realm);
        var options = LocalProvider.Options(_folder.FullName) with { RealmFile = path, UsersFile = null };
        return Assert.Throws<RealmFileException>(() => RealmFile.Read(options)).Problems;
    }
}
