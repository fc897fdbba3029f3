using Ecosystem.Storage;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;

namespace Ecosystem.Messaging;

/// <summary>
/// Runs the handlers of an event in one unit of work: their writes, what they publish, the mark in the inbox and the end of an earlier
/// failure are saved together. A failure is tried again at once in a new unit of work, as often as the handler's policy says.
/// </summary>
internal sealed class EventApplication(IServiceScopeFactory scopes, IDocumentStore store, TimeProvider time)
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

    /// <exception cref="AlreadyReceivedException">It has its effect already.</exception>
    /// <exception cref="HandlerFailedException">Nothing was changed.</exception>
    public async Task ApplyAsync(CloudEvent @event, IMessage message, Subscription subscription, CancellationToken ct) =>
        await _immediateRetries.ExecuteAsync(async token => await ApplyOnceAsync(@event, message, subscription, token), ct);

    public async Task ForgetFailureAsync(EventKey key, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        await DeadLetterBox.ForgetAsync(session, key, ct);
        await session.SaveChangesAsync(ct);
    }

    private async Task ApplyOnceAsync(CloudEvent @event, IMessage message, Subscription subscription, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = store.OpenSession();
        var context = new EventContext
        {
            Session = session,
            Key = @event.Key,
            Type = @event.Type,
            Subject = @event.Subject,
            Time = @event.Time,
        };
        var policy = subscription.Handlers[0].OnFailure;
        try
        {
            foreach (var handler in subscription.Handlers)
            {
                policy = handler.OnFailure;
                await handler.Call(scope.ServiceProvider, message, context, ct);
            }

            session.MarkReceived(@event.Key);
            await DeadLetterBox.ForgetAsync(session, @event.Key, ct);
            await session.SaveChangesAsync(ct);
        }
        catch (Exception failure) when (failure is not AlreadyReceivedException && !ct.IsCancellationRequested)
        {
            throw new HandlerFailedException(policy, failure);
        }
    }
}
