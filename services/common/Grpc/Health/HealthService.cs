using Ecosystem.Grpc.Server.Binding;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Ecosystem.Grpc.Health;

/// <summary>
/// <c>grpc.health.v1.Health</c> over the health checks of the host. Every mapped service is as healthy as the host; a host that
/// is stopping serves no more, so that callers turn away before connections close.
/// </summary>
internal sealed class HealthService(
    MappedServices mapped, IEnumerable<PassedOnService> passedOn, IHostApplicationLifetime host, IServiceProvider services) : global::Grpc.Health.V1.Health.HealthBase
{
    /// <summary>How often a watched service is looked at.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = await StatusOfAsync(request.Service, context.CancellationToken);
        return status == ServingStatus.ServiceUnknown
            ? throw RichStatus.NotFound($"There is no service '{request.Service}' here.", "SERVICE_UNKNOWN")
            : new HealthCheckResponse { Status = status };
    }

    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, host.ApplicationStopping);
        ServingStatus? told = null;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var status = await StatusOfAsync(request.Service, context.CancellationToken);
            if (status != told)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status });
                told = status;
            }

            if (host.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }

            // Wakes early, without an exception, when the caller leaves or the host stops.
            await Task.Delay(Interval, mapped.Time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ServingStatus> StatusOfAsync(string service, CancellationToken cancellationToken)
    {
        var elsewhere = passedOn.FirstOrDefault(candidate => candidate.Service.FullName == service);
        if (service.Length > 0 && elsewhere is null && !mapped.Methods.Any(m => m.Method.ServiceName == service))
        {
            return ServingStatus.ServiceUnknown;
        }

        if (host.ApplicationStopping.IsCancellationRequested)
        {
            return ServingStatus.NotServing;
        }

        if (services.GetService<HealthCheckService>() is not { } checks)
        {
            return ServingStatus.Serving;
        }

        if (elsewhere is not null)
        {
            var its = await checks.CheckHealthAsync(check => check.Name == elsewhere.HealthCheck, cancellationToken);
            return its.Status == HealthStatus.Healthy ? ServingStatus.Serving : ServingStatus.NotServing;
        }

        var report = await checks.CheckHealthAsync(cancellationToken);
        return report.Status == HealthStatus.Unhealthy ? ServingStatus.NotServing : ServingStatus.Serving;
    }
}
