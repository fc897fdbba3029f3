using Polly;
using Polly.Retry;

namespace Ecosystem.Messaging;

/// <summary>Applies one event; a failure is tried again at once in a new unit of work, as often as the handler's policy says.</summary>
internal sealed class EventApplication(UnitOfWork work, TimeProvider time)
{
    private readonly ResiliencePipeline _immediateRetries = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 10,
            ShouldHandle = retry => ValueTask.FromResult(
                retry.Outcome.Exception is HandlerFailedException failed && retry.AttemptNumber < failed.Policy.ImmediateRetries),
            DelayGenerator = retry => ValueTask.FromResult<TimeSpan?>(
                ((HandlerFailedException)retry.Outcome.Exception!).Policy.Pause * Math.Pow(2, retry.AttemptNumber)),
        })
        .Build();

    /// <exception cref="Storage.AlreadyReceivedException">It has its effect already.</exception>
    /// <exception cref="HandlerFailedException">Nothing was changed.</exception>
    public async Task ApplyAsync(ReceivedEvent received, CancellationToken ct) =>
        await _immediateRetries.ExecuteAsync(async token => await work.ApplyAsync([received], token), ct);
}
