using Ecosystem.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>Forgets received events when the broker can no longer repeat them. Looks once an hour.</summary>
internal sealed partial class InboxRetention(IInbox inbox, MessagingOptions options, TimeProvider time, ILogger<InboxRetention> log) : BackgroundService
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
            await inbox.ForgetAsync(time.GetUtcNow() - options.InboxRetention, ct);
        }
        catch (StoreUnavailableException unavailable)
        {
            Log.Later(log, unavailable.Message); // keeping more than needed does no harm
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The inbox could not be cleared; next attempt in an hour. {Reason}")]
        public static partial void Later(ILogger logger, string reason);
    }
}
