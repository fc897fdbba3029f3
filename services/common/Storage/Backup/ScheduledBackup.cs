using System.Globalization;
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
                await WriteAsync(Directory.CreateDirectory(folder), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; a half-written draft is overwritten by the next backup.
        }
    }

    private async Task WriteAsync(DirectoryInfo folder, CancellationToken ct)
    {
        var name = Path.Combine(folder.FullName, $"{location.App}-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.backup.gz");
        try
        {
            var draft = Path.Combine(folder.FullName, location.App + ".draft");
            BackupSummary summary;
            await using (var file = new FileStream(draft, FileMode.Create))
            {
                summary = await backup.WriteAsync(file, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, name, overwrite: true);
            foreach (var old in folder.GetFiles($"{location.App}-*.backup.gz").OrderByDescending(file => file.Name, StringComparer.Ordinal).Skip(options.BackupsKept))
                old.Delete();
            Log.Written(log, name, summary.Documents);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            Log.Failed(log, name, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Backup {File} holds {Documents} documents.")]
        public static partial void Written(ILogger logger, string file, long documents);

        [LoggerMessage(2, LogLevel.Error, "Backup {File} could not be written; the next is tried at the usual time. {Reason}")]
        public static partial void Failed(ILogger logger, string file, string reason);
    }
}
