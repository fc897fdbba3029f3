using Ecosystem.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>Looks every five seconds what waits in the outbox, also and above all while nothing can be sent.</summary>
internal sealed partial class BacklogObservation(IOutbox outbox, MessagingMeter meter, TimeProvider time, ILogger<BacklogObservation> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await ObserveAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ObserveAsync(CancellationToken ct)
    {
        try
        {
            meter.Observe(await outbox.StateAsync(ct));
        }
        catch (StoreUnavailableException unavailable)
        {
            Log.Unknown(log, unavailable.Message); // the metrics keep what was seen last
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "How much waits in the outbox is not known now. {Reason}")]
        public static partial void Unknown(ILogger logger, string reason);
    }
}
