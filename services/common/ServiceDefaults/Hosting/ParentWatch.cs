using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.ServiceDefaults.Hosting;

/// <summary>
/// Stops a service when the process that started it is gone, so that a killed apphost leaves no orphans that hold ports
/// and databases. Active only where <c>ECOSYSTEM_PARENT_PID</c> is set.
/// </summary>
internal sealed class ParentWatch(int parentId, IHostApplicationLifetime lifetime, ILogger<ParentWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var parent = Process.GetProcessById(parentId);
            await parent.WaitForExitAsync(stoppingToken);
        }
        catch (ArgumentException)
        {
            // It ended before it could be watched.
        }

        if (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("The process that started this service ({ParentId}) has ended; stopping.", parentId);
            lifetime.StopApplication();
        }
    }
}

internal static class ParentWatchExtensions
{
    public static void AddParentWatch(this WebApplicationBuilder builder)
    {
        if (int.TryParse(builder.Configuration["ECOSYSTEM_PARENT_PID"], NumberStyles.None, CultureInfo.InvariantCulture, out var parentId))
        {
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ParentWatch>(services, parentId));
        }
    }
}
