using System.Diagnostics;
using Ecosystem.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Messaging;

/// <summary>
/// Runs the handlers of events in one transaction: their writes, what they publish, the marks in the inbox and the end of earlier
/// failures are saved together, or nothing is.
/// </summary>
internal sealed class UnitOfWork(IServiceScopeFactory scopes, IDocumentStore store)
{
    /// <summary>Applies events of different subjects, in their order.</summary>
    /// <exception cref="AlreadyReceivedException">One of them has its effect already; nothing was changed.</exception>
    /// <exception cref="HandlerFailedException">A handler or the save failed; nothing was changed.</exception>
    public async Task ApplyAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var spans = new List<Activity?>(events.Count);
        var policy = events[0].Subscription.Handlers[0].OnFailure;
        try
        {
            foreach (var received in events)
            {
                var around = Activity.Current;
                spans.Add(received.StartSpan());
                foreach (var handler in received.Subscription.Handlers)
                {
                    policy = handler.OnFailure;
                    await CallAsync(handler, received, session, ct);
                }

                session.MarkReceived(received.Envelope.Key);
                Activity.Current = around; // the spans of one transaction stand side by side
            }

            await DeadLetterBox.ForgetAsync(session, events.Select(received => received.Envelope.Key), ct);
            await session.SaveChangesAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            spans.ForEach(span => span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name));
            if (failure is AlreadyReceivedException)
                throw;
            throw new HandlerFailedException(policy, failure);
        }
        finally
        {
            spans.ForEach(span => span?.Dispose());
        }
    }

    private async Task CallAsync(EventHandling handler, ReceivedEvent received, IDocumentSession session, CancellationToken ct)
    {
        var envelope = received.Envelope;
        await using var scope = scopes.CreateAsyncScope();
        await handler.Call(scope.ServiceProvider, received.Message, new EventContext
        {
            Session = session,
            Key = envelope.Key,
            Type = envelope.Type,
            Subject = envelope.Subject,
            Time = envelope.Time,
        }, ct);
    }
}
