using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;

namespace Ecosystem.AppHost;

/// <summary>
/// The system, declared once in the Aspire hosting API. It compiles against Aspire (<c>-p:UseAspire=true</c>, containers) and
/// against <c>Local/Hosting</c> (default, processes on this machine).
/// </summary>
internal static class Topology
{
    public static DistributedApplication Declare(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        var settings = TopologySettings.Read(builder);

        var identity = builder.AddKeycloak("identity")
            .WithRealmImport("../charts/ecosystem/files/realm-ecosystem.json")
            .WithRealmImport("Local/Identity/ecosystem-users-0.json")
            .WithEnvironment("INTEGRATOR_CLIENT_SECRET", builder.AddClientSecret("integrator"));

        var postgres = settings.StartPostgres ? builder.AddPostgres("postgres").WithDataVolume() : null;
        var rabbitMq = settings.StartRabbitMq ? builder.AddRabbitMQ("rabbitmq").WithDataVolume() : null;
        var pubsub = builder.AddPubSub(settings, rabbitMq);

        var catalog = AddService("catalog", "../services/catalog/Catalog.csproj").WithReplicas(settings.Replicas);
        var policy = AddService("policy", "../services/policy/Policy.csproj").WithReplicas(settings.Replicas);
        var matching = AddService("matching", "../services/matching/Matching.csproj").WithReplicas(settings.Replicas);

        var gateway = AddService("gateway", "../gateway/Gateway.csproj")
            .WithReplicas(settings.GatewayReplicas)
            .WithEndpoint("http", e => e.Port = settings.HttpPort)
            .WithEndpoint("grpc", e => e.Port = settings.GrpcPort)
            .WithExternalHttpEndpoints()
            .WithReference(catalog)
            .WithReference(policy)
            .WithReference(matching)
            .WaitFor(catalog)
            .WaitFor(policy)
            .WaitFor(matching);
        foreach (var (region, http, grpc) in settings.Neighbours)
        {
            gateway.WithEnvironment($"Gateway__Regions__{region}__Http", http).WithEnvironment($"Gateway__Regions__{region}__Grpc", grpc);
        }

        return builder.Build();

        IResourceBuilder<ProjectResource> AddService(string name, string project)
        {
            var service = builder.AddService(name, project, settings, identity, pubsub).WithStore(settings, postgres).WithEnvironment("Drain__Pause", settings.Drain);
            return rabbitMq is null ? service : service.WaitFor(rabbitMq);
        }
    }

    /// <summary>With RabbitMQ, the values that lose nothing; several of them are not Dapr's defaults.</summary>
    private static IResourceBuilder<IDaprComponentResource> AddPubSub(
        this IDistributedApplicationBuilder builder, TopologySettings settings, IResourceBuilder<RabbitMQServerResource>? rabbitMq)
    {
        if (rabbitMq is null && settings.RabbitMq is null)
        {
            return builder.AddDaprPubSub("pubsub", new DaprComponentOptions { LocalPath = "Local/components/pubsub.yaml" });
        }

        var component = builder.AddDaprComponent("pubsub", "pubsub.rabbitmq")
            .WithMetadata("durable", "true")
            .WithMetadata("deletedWhenUnused", "false")
            .WithMetadata("autoAck", "false")
            .WithMetadata("deliveryMode", "2")
            .WithMetadata("publisherConfirm", "true")
            .WithMetadata("requeueInFailure", "true")
            .WithMetadata("prefetchCount", "50")
            .WithMetadata("reconnectWaitSeconds", "2");
        return rabbitMq is null
            ? component.WithMetadata("connectionString", settings.RabbitMq!)
            : component.WithMetadata("connectionString", rabbitMq.Resource.ConnectionStringExpression);
    }

    /// <summary>A database of its own for each service: a file, or one on the PostgreSQL server.</summary>
    private static IResourceBuilder<ProjectResource> WithStore(
        this IResourceBuilder<ProjectResource> service, TopologySettings settings, IResourceBuilder<PostgresServerResource>? postgres)
    {
        var name = service.Resource.Name;
        return postgres is not null ? service.WithReference(postgres.AddDatabase($"{name}-db", name), name).WaitFor(postgres)
            : settings.Postgres is not null ? service.WithEnvironment($"ConnectionStrings__{name}", settings.DatabaseOf(name))
            : service.WithEnvironment("Storage__Path", Path.Combine(settings.StateDirectory, "data", name + ".db"));
    }

    /// <summary>What every service has: its place in the realm, a Dapr sidecar, a health check.</summary>
    private static IResourceBuilder<ProjectResource> AddService(
        this IDistributedApplicationBuilder builder,
        string name,
        string project,
        TopologySettings settings,
        IResourceBuilder<KeycloakResource> identity,
        IResourceBuilder<IDaprComponentResource> pubsub)
    {
        var secret = builder.AddClientSecret(name);
        identity.WithEnvironment($"{name.ToUpperInvariant()}_CLIENT_SECRET", secret);

        return builder.AddProject(name, project)
            .WithHttpHealthCheck("/health")
            .WithEnvironment("APP_ID", name)
            .WithEnvironment("REGION", settings.Region)
            .WithEnvironment("Keycloak__realm", "ecosystem")
            .WithEnvironment("Keycloak__auth-server-url", identity.GetEndpoint("http"))
            .WithEnvironment("Keycloak__resource", name)
            .WithEnvironment("Keycloak__ssl-required", "none")
            .WithEnvironment("Keycloak__credentials__secret", secret)
            .WithReference(identity)
            .WaitFor(identity)
            .WithDaprSidecar(sidecar => sidecar
                .WithOptions(new DaprSidecarOptions
                {
                    AppId = name,
                    EnableAppHealthCheck = true,
                    AppHealthCheckPath = "/health",
                    ResourcesPaths = ImmutableHashSet.Create(Path.Combine(builder.AppHostDirectory, "Local", "resiliency")),
                })
                .WithReference(pubsub));
    }

    private static IResourceBuilder<ParameterResource> AddClientSecret(this IDistributedApplicationBuilder builder, string client) =>
        builder.AddParameter($"{client}-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
}
