using Ecosystem.Storage;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>Applies one delivered event: its effects and the fact that it was received are saved together.</summary>
internal sealed partial class EventDelivery(
    SubscriptionList subscriptions, IServiceScopeFactory scopes, IDocumentStore store, IInbox inbox, MessagingMeter meter, TimeProvider time,
    ILogger<EventDelivery> log)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Never throws for what the event or its handler did; only for a cancelled delivery.</summary>
    public async Task<DeliveryOutcome> ReceiveAsync(CloudEvent @event, CancellationToken ct)
    {
        var outcome = subscriptions.Of(@event.Type) is { } subscription
            ? await ReceiveAsync(@event, subscription, ct)
            : DeliveryOutcome.Unhandled;
        meter.Received(@event.Type, outcome);
        return outcome;
    }

    private async Task<DeliveryOutcome> ReceiveAsync(CloudEvent @event, Subscription subscription, CancellationToken ct)
    {
        using var activity = MessagingTelemetry.StartProcess(@event, EventTopics.Declared(subscription.Event));
        try
        {
            if (await inbox.ContainsAsync(@event.Key, ct))
                return DeliveryOutcome.Repeated;

            var message = Parser.Parse(@event.Data, subscription.Event);
            await ApplyAsync(@event, message, subscription, ct);
            if (@event.Time is { } published)
                meter.Applied(@event.Type, time.GetUtcNow() - published);
            return DeliveryOutcome.Applied;
        }
        catch (AlreadyReceivedException)
        {
            return DeliveryOutcome.Repeated; // another delivery of it was faster
        }
        catch (Exception invalid) when (invalid is InvalidProtocolBufferException or InvalidJsonException)
        {
            Log.Invalid(log, @event.Type, @event.Key.Id, @event.Key.Source, WithoutValue(invalid));
            return DeliveryOutcome.Invalid;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, failure.GetType().Name);
            Log.Failed(log, failure, @event.Type, @event.Key.Id, @event.Key.Source);
            return DeliveryOutcome.Failed;
        }
    }

    private async Task ApplyAsync(CloudEvent @event, IMessage message, Subscription subscription, CancellationToken ct)
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
        foreach (var handler in subscription.Handlers)
            await handler(scope.ServiceProvider, message, context, ct);
        session.MarkReceived(@event.Key);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>The parser puts what it could not read behind a colon; that may be personal and stays out of the log.</summary>
    private static string WithoutValue(Exception invalid) => invalid.Message.Split(':')[0];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Type} {Id} from {Source} is dropped: its data is no such event. {Reason}")]
        public static partial void Invalid(ILogger logger, string type, string id, string source, string reason);

        [LoggerMessage(2, LogLevel.Warning, "{Type} {Id} from {Source} could not be applied and comes again.")]
        public static partial void Failed(ILogger logger, Exception failure, string type, string id, string source);
    }
}
