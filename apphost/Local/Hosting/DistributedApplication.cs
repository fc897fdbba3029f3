using Aspire.Hosting.ApplicationModel;
using Ecosystem.AppHost.Local.Running;

namespace Aspire.Hosting;

/// <summary>The declared system, ready to run on this machine without containers.</summary>
internal sealed class DistributedApplication(IReadOnlyList<IResource> resources, IConfiguration configuration)
{
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public IReadOnlyList<IResource> Resources { get; } = resources;

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="DistributedApplicationException">A resource did not start; everything has been stopped again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await using var runner = new LocalRunner(Resources, configuration, TimeProvider.System);
        await runner.RunAsync(cancellationToken);
    }
}
