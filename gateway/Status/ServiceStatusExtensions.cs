using Ecosystem.Gateway.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ecosystem.Gateway.Status;

internal static class ServiceStatusExtensions
{
    /// <summary>
    /// Adds one health check per service. A service that is down makes the gateway degraded, not unhealthy: taking the only door away
    /// would turn one outage into a full one.
    /// </summary>
    public static void AddServiceStatus(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceStatus>();
        var checks = builder.Services.AddHealthChecks();
        foreach (var service in builder.Configuration.GetSection(GatewayOptions.Section + ":Services").GetChildren().Select(section => section.Key))
            checks.Add(new HealthCheckRegistration(service, services => new ServiceCheck(services.GetRequiredService<ServiceStatus>(), service), HealthStatus.Degraded, tags: null));
    }

    private sealed class ServiceCheck(ServiceStatus status, string service) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await status.AskAsync(service, cancellationToken) switch
            {
                Health.Good => HealthCheckResult.Healthy(),
                Health.Unwell => HealthCheckResult.Degraded($"{service} answers, but not well"),
                _ => HealthCheckResult.Degraded($"{service} cannot be reached"),
            };
    }
}
