using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Storage;

/// <summary>Writes a backup into a folder at an interval and keeps the newest ones. A file has its name only when it is complete.</summary>
internal sealed partial class ScheduledBackup(
    IStoreBackup backup, StorageOptions options, StoreLocation location, TimeProvider time, ILogger<ScheduledBackup> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.BackupFolder is not { Length: > 0 } folder)
            return;

        using var timer = new PeriodicTimer(options.BackupEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(folder, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; a half-written draft is overwritten by the next backup.
        }
    }

    private async Task WriteAsync(string path, CancellationToken ct)
    {
        try
        {
            var folder = new BackupFolder(path, location.App);
            var name = folder.NameAt(time.GetUtcNow());
            BackupSummary summary;
            await using (var file = new FileStream(folder.Draft, FileMode.Create))
            {
                summary = await backup.WriteAsync(file, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(folder.Draft, name);
            folder.Keep(options.BackupsKept);
            Log.Written(log, name, summary.Documents);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            Log.Failed(log, path, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Backup {File} holds {Documents} documents.")]
        public static partial void Written(ILogger logger, string file, long documents);

        [LoggerMessage(2, LogLevel.Error, "A backup could not be written to {Folder}; the next is tried at the usual time. {Reason}")]
        public static partial void Failed(ILogger logger, string folder, string reason);
    }
}
