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

        var pubsub = builder.AddDaprPubSub("pubsub", new DaprComponentOptions { LocalPath = "Local/components/pubsub.yaml" });

        var catalog = builder.AddService("catalog", "../services/catalog/Catalog.csproj", settings, identity, pubsub);
        var policy = builder.AddService("policy", "../services/policy/Policy.csproj", settings, identity, pubsub);
        var matching = builder.AddService("matching", "../services/matching/Matching.csproj", settings, identity, pubsub);

        builder.AddService("gateway", "../gateway/Gateway.csproj", settings, identity, pubsub)
            .WithEndpoint("http", e => e.Port = settings.HttpPort)
            .WithEndpoint("grpc", e => e.Port = settings.GrpcPort)
            .WithExternalHttpEndpoints()
            .WithReference(catalog)
            .WithReference(policy)
            .WithReference(matching)
            .WaitFor(catalog)
            .WaitFor(policy)
            .WaitFor(matching);

        return builder.Build();
    }

    /// <summary>What every service has: its state, its place in the realm, a Dapr sidecar, a health check.</summary>
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
            .WithEnvironment("Storage__Path", Path.Combine(settings.StateDirectory, "data", name + ".db"))
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
                    ResourcesPaths = ImmutableHashSet.Create(Path.Combine(builder.AppHostDirectory, "Local", "components")),
                })
                .WithReference(pubsub));
    }

    private static IResourceBuilder<ParameterResource> AddClientSecret(this IDistributedApplicationBuilder builder, string client) =>
        builder.AddParameter($"{client}-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
}
