namespace Ecosystem.Catalog.Demo;

/// <summary>An empty catalogue on a developer's machine begins with examples.</summary>
internal sealed class DemoStart(DemoData demo, IHostEnvironment environment, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        environment.IsDevelopment() && configuration.GetValue("Demo:Load", defaultValue: true)
            ? demo.LoadIfEmptyAsync(cancellationToken)
            : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
