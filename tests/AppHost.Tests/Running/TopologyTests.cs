using Aspire.Hosting;
using Ecosystem.AppHost.Local.Dapr;
using Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;
using Ecosystem.AppHost.Local.Dapr.Resources;
using Ecosystem.AppHost.Local.Running;
using Ecosystem.AppHost.Local.Servers;
using Npgsql;

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

    [Fact]
    public void Every_replica_has_addresses_of_its_own_and_the_gateway_knows_them_all()
    {
        var launches = Launches("--store", "Host=db", "--replicas", "3");
        var gateway = launches.Single(l => l.Name == "gateway");
        Launch[] catalogs = [.. launches.Where(l => l.Name is "catalog" or "catalog-2" or "catalog-3")];

        Assert.Equal(3, catalogs.Length);
        Assert.Equal(9, catalogs.SelectMany(c => c.Addresses.Values).Distinct().Count());
        Assert.All(catalogs, c => Assert.Equal(("catalog", c.Addresses["dapr"].ToString().TrimEnd('/')), (c.Environment["APP_ID"], c.Environment["DAPR_HTTP_ENDPOINT"])));
        foreach (var (index, catalog) in catalogs.Index())
        {
            Assert.Equal(catalog.Addresses["http"].ToString().TrimEnd('/'), gateway.Environment[$"services__catalog__http__{index}"]);
            Assert.Equal(catalog.Addresses["grpc"].ToString().TrimEnd('/'), gateway.Environment[$"services__catalog__grpc__{index}"]);
            Assert.Contains(catalog.Name, gateway.WaitsFor);
        }

        var sidecar = JsonFile.Read<SidecarOptions>(Path.Combine(_state.FullName, "sidecar.json"))!;
        Assert.Equal(3, sidecar.Apps.Count(app => app.AppId == "catalog"));
    }

    [Fact]
    public void Replicas_are_refused_on_a_store_that_belongs_to_one_process() =>
        Assert.Contains("--store postgres", Assert.Throws<DistributedApplicationException>(() => Launches("--replicas", "2")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--store", "mysql", "Host=")]
    [InlineData("--broker", "kafka", "amqp://")]
    [InlineData("--replicas", "0", "1 to 9")]
    public void A_choice_that_does_not_exist_is_refused_with_those_that_do(string option, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<DistributedApplicationException>(() => Launches(option, value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--store", "Host=db;Username=me;Password=p", "--broker", "amqp://me:p@mq")]
    [InlineData("--store", "postgres", "--broker", "rabbitmq", "--ConnectionStrings:postgres", "Host=db;Username=me;Password=p", "--ConnectionStrings:rabbitmq", "amqp://me:p@mq")]
    public void Servers_that_are_there_are_used_and_none_is_started(params string[] options)
    {
        var launches = Launches(options);

        Assert.DoesNotContain(launches, l => l.Foreign is not null);
        var catalog = launches.Single(l => l.Name == "catalog");
        var database = new NpgsqlConnectionStringBuilder(catalog.Environment["ConnectionStrings__catalog"]);
        Assert.Equal(("db", "saar-catalog", "me"), (database.Host, database.Database, database.Username));
        Assert.Equal([catalog.Environment["ConnectionStrings__catalog"]], catalog.Databases);
        Assert.Equal("amqp://me:p@mq", Component().Value("connectionString"));
    }

    [SkippableFact]
    public void Servers_are_started_with_generated_passwords_before_what_needs_them()
    {
        Skip.If((PostgreSqlProgram.Missing ?? RabbitMqProgram.Missing) is not null, PostgreSqlProgram.Missing ?? RabbitMqProgram.Missing);
        var launches = Launches("--store", "postgres", "--broker", "rabbitmq");

        var matching = launches.Single(l => l.Name == "matching");
        Assert.Superset(new HashSet<string> { "postgres", "rabbitmq" }, matching.WaitsFor.ToHashSet());
        Assert.DoesNotContain("Storage__Path", matching.Environment.Keys);
        Assert.Equal("matching", new NpgsqlConnectionStringBuilder(matching.Environment["ConnectionStrings__matching"]).Database);
        var password = new StateDirectory(_state.FullName).Secret("rabbitmq-password");
        Assert.Contains($":{password}@127.0.0.1:", Component().Value("connectionString"), StringComparison.Ordinal);
        Assert.DoesNotContain(launches.SelectMany(l => l.Command), argument => argument.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public void The_generated_component_loses_nothing_and_only_its_owner_reads_it()
    {
        Launches("--broker", "amqp://me:p@mq");

        Assert.Empty(RabbitMqSettings.Read(Component()).Dangers());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_state.FullName, "components", "pubsub.yaml")));
        }
    }

    private ComponentResource Component() => ResourceFile.Read([Path.Combine(_state.FullName, "components")]).Components.Single();

    private IReadOnlyList<Launch> Launches(params string[] more)
    {
        string[] settings = ["--region", "saar", "--state", _state.FullName, "--http-port", "0", "--grpc-port", "0", .. more];
        return new LaunchPlan(Topology.Declare(settings).Resources, new StateDirectory(_state.FullName), "saar").Draw();
    }
}
