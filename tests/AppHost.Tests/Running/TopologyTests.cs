using Ecosystem.AppHost.Local.Running;

namespace Ecosystem.AppHost.Tests.Running;

/// <summary>What each process of the shipped topology is told.</summary>
public sealed class TopologyTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("topology-");

    public void Dispose() => _state.Delete(recursive: true);

    [Fact]
    public void Every_service_knows_its_realm_its_region_its_state_and_its_sidecar()
    {
        foreach (var launch in Launches().Where(l => l.Addresses.ContainsKey("dapr")))
        {
            var environment = launch.Environment;
            Assert.Equal(
                (launch.Name, "saar", "ecosystem", launch.Name),
                (environment["APP_ID"], environment["REGION"], environment["Keycloak__realm"], environment["Keycloak__resource"]));
            Assert.StartsWith("http://localhost:", environment["Keycloak__auth-server-url"], StringComparison.Ordinal);
            Assert.StartsWith(_state.FullName, environment["Storage__Path"], StringComparison.Ordinal);
            Assert.Equal(environment["DAPR_HTTP_ENDPOINT"], launch.Addresses["dapr"].ToString().TrimEnd('/'));
            Assert.All(new[] { "DAPR_API_TOKEN", "APP_API_TOKEN", "DAPR_HTTP_PORT", "OTEL_SERVICE_NAME", "Kestrel__Endpoints__http__Url" }, name => Assert.NotEmpty(environment[name]));
        }
    }

    [Fact]
    public void The_gateway_finds_every_service_by_both_ways()
    {
        var launches = Launches();
        var gateway = launches.Single(l => l.Name == "gateway");
        foreach (var service in new[] { "catalog", "policy", "matching" })
        {
            var addresses = launches.Single(l => l.Name == service).Addresses;
            foreach (var endpoint in new[] { "http", "grpc" })
            {
                var address = addresses[endpoint].ToString().TrimEnd('/');
                Assert.Equal(address, gateway.Environment[$"services__{service}__{endpoint}__0"]);
                Assert.Equal(address, gateway.Environment[$"{service}_{endpoint}".ToUpperInvariant()]);
            }
        }
    }

    [Fact]
    public void Secrets_are_the_same_on_both_sides_and_in_the_next_run()
    {
        var first = Launches();
        var second = Launches();

        Assert.Equal(
            first.Single(l => l.Name == "identity").Environment["CATALOG_CLIENT_SECRET"],
            second.Single(l => l.Name == "catalog").Environment["Keycloak__credentials__secret"]);
        Assert.DoesNotContain(first.Single(l => l.Name == "identity").Environment["CATALOG_CLIENT_SECRET"], first.SelectMany(l => l.Arguments));
    }

    private IReadOnlyList<Launch> Launches()
    {
        string[] settings = ["--region", "saar", "--state", _state.FullName, "--http-port", "0", "--grpc-port", "0"];
        return new LaunchPlan(Topology.Declare(settings).Resources, new StateDirectory(_state.FullName), "saar").Draw();
    }
}
