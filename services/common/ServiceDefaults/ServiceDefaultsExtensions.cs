using Ecosystem.ServiceDefaults.Authorization;
using Ecosystem.ServiceDefaults.Discovery;
using Ecosystem.ServiceDefaults.Failures;
using Ecosystem.ServiceDefaults.Health;
using Ecosystem.ServiceDefaults.Hosting;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.ServiceDefaults.Resilience;
using Ecosystem.ServiceDefaults.Telemetry;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Ecosystem.ServiceDefaults;

/// <summary>
/// What every service of the ecosystem has in common (the Aspire convention): one call while the host is composed, one
/// while its endpoints are mapped.
/// </summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds telemetry, health, identity, service addresses, and gRPC with JSON transcoding whose every method is guarded
    /// by the rule in its contract and answers what the store refuses in the contract's terms.
    /// </summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddHostDefaults();
        builder.Services.AddSingleton<AccessRules>();
        builder.Services.AddGrpc().AddCallTelemetry().AddJsonTranscoding();
        builder.Services.Configure<GrpcServiceOptions>(grpc =>
        {
            grpc.Interceptors.Add<AccessRuleInterceptor>();
            grpc.Interceptors.Add<StorageFailures>();
        });
        builder.Services.AddGrpcReflection();
        return builder;
    }

    /// <summary>
    /// Adds everything of <see cref="AddServiceDefaults"/> but the gRPC server: for hosts that serve no contract of
    /// their own, such as the gateway.
    /// </summary>
    public static WebApplicationBuilder AddHostDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ServiceAddresses>();
        builder.Services.AddSingleton<IValidateOptions<ListenAddresses>, ListenAddresses.Validation>();
        builder.Services.AddOptions<ListenAddresses>().ValidateOnStart();
        builder.AddServiceIdentity();
        builder.AddTelemetry();
        builder.Services.AddGrpcClientTelemetry();
        builder.AddResilientHttpClients();
        builder.AddDrain();
        builder.Services.AddGrpcHealthChecks();
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c>, <c>/health</c>, gRPC health and reflection, <c>/openapi.json</c>, and puts authentication in front of what is
    /// mapped afterwards.
    /// </summary>
    /// <exception cref="ConfigurationException">Settings are wrong; all of them are named, each with its fix.</exception>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.CheckConfiguration();
        app.UseServiceIdentity();
        app.MapHealth();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapOpenApiDocument(app.Environment.ApplicationName);
        return app;
    }

    /// <summary>Runs every check registered with <c>ValidateOnStart</c>, before anything is opened or listens.</summary>
    /// <exception cref="ConfigurationException">Settings are wrong; all of them are named, each with its fix.</exception>
    public static WebApplication CheckConfiguration(this WebApplication app)
    {
        ConfigurationException.ThrowIfWrong(app.Services);
        return app;
    }
}
