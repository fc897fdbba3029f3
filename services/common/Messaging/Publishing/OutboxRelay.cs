using Ecosystem.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Ecosystem.Messaging;

/// <summary>
/// Sends what was committed. Woken by commits, and once a second for what another process left behind. An event leaves the outbox only when the
/// sidecar has taken it, so a crash repeats events but loses none.
/// </summary>
internal sealed partial class OutboxRelay(
    OutboxSignal signal, OutboxBatch batch, TimeProvider time, ILogger<OutboxRelay> log) : BackgroundService
{
    private const int Lanes = 2; // while one waits for the broker the other claims and removes; they never hold the same subject

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => SendAsync(stoppingToken), CancellationToken.None)));

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        var pipeline = Backoff(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var sent = await pipeline.ExecuteAsync(async ct => await batch.SendAsync(ct), stoppingToken);
                if (sent == 0)
                    await signal.WaitAsync(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // claims end with this process or with their lease
            }
        }
    }

    /// <summary>
    /// Without end and whatever the reason: an outbox is never given up. Waits 0.2 s, doubling to 15 s, with jitter so that replicas do not march
    /// in step.
    /// </summary>
    private ResiliencePipeline<int> Backoff(CancellationToken stoppingToken) => new ResiliencePipelineBuilder<int> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<int>
        {
            ShouldHandle = new PredicateBuilder<int>().Handle<Exception>(problem => problem is not OperationCanceledException || !stoppingToken.IsCancellationRequested),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(0.2),
            MaxDelay = TimeSpan.FromSeconds(15),
            UseJitter = true,
            OnRetry = retry =>
            {
                if (retry.Outcome.Exception is SidecarUnavailableException or StoreUnavailableException)
                    Log.Waiting(log, retry.RetryDelay, retry.Outcome.Exception.Message);
                else
                    Log.Failed(log, retry.Outcome.Exception, retry.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Events wait in the outbox; next attempt in {Delay}. {Reason}")]
        public static partial void Waiting(ILogger logger, TimeSpan delay, string? reason);

        [LoggerMessage(2, LogLevel.Error, "Events wait in the outbox, because sending them failed in a way nobody thought of; next attempt in {Delay}.")]
        public static partial void Failed(ILogger logger, Exception? problem, TimeSpan delay);
    }
}
