using Microsoft.Extensions.Hosting;

namespace Ecosystem.Storage;

/// <summary>Opens the store before any other part of the host starts: what is wrong with it ends the start, with its reason.</summary>
internal sealed class StoreStartup(IStorageEngine engine, IStoreBackup backup, StorageOptions options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await engine.OpenAsync(cancellationToken);
        if (options.RestoreFrom is { Length: > 0 } file)
        {
            await using var source = File.OpenRead(file);
            await backup.RestoreAsync(source, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
