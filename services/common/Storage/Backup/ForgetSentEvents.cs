using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Storage;

/// <summary>Forgets, hour by hour, the events that were sent so long ago that no backup needs them.</summary>
internal sealed partial class ForgetSentEvents(IOutbox outbox, StorageOptions options, TimeProvider time, ILogger<ForgetSentEvents> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        try
        {
            do
            {
                await ForgetAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ForgetAsync(CancellationToken ct)
    {
        try
        {
            await outbox.ForgetSentAsync(time.GetUtcNow() - options.SentRetention, ct);
        }
        catch (StoreUnavailableException unavailable)
        {
            Log.Later(log, unavailable.Message); // keeping more than needed does no harm
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Sent events could not be forgotten now; next attempt in an hour. {Reason}")]
        public static partial void Later(ILogger logger, string reason);
    }
}
