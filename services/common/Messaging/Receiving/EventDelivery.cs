using System.Diagnostics;
using Ecosystem.Storage;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>Decides what becomes of a delivered event.</summary>
internal sealed partial class EventDelivery(
    SubscriptionList subscriptions, EventApplication application, DeadLetterBox deadLetters, IInbox inbox, MessagingMeter meter, TimeProvider time,
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

    /// <summary>Takes over what the sidecar gave up, if it is meant for this service.</summary>
    public Task GivenUpAsync(CloudEvent @event, CancellationToken ct) =>
        subscriptions.Of(@event.Type) is null ? Task.CompletedTask : deadLetters.GivenUpAsync(@event, ct);

    /// <summary>Applies a dead letter; returns null when the event has its effect now, else why not.</summary>
    public async Task<string?> ReplayAsync(CloudEvent @event, CancellationToken ct)
    {
        if (subscriptions.Of(@event.Type) is not { } subscription)
            return $"This release does not apply {@event.Type}.";

        try
        {
            await application.ApplyAsync(@event, Parser.Parse(@event.Data, subscription.Event), subscription, ct);
            return null;
        }
        catch (AlreadyReceivedException)
        {
            await application.ForgetFailureAsync(@event.Key, ct);
            return null;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return failure.Message;
        }
    }

    private async Task<DeliveryOutcome> ReceiveAsync(CloudEvent @event, Subscription subscription, CancellationToken ct)
    {
        using var activity = MessagingTelemetry.StartProcess(@event, EventTopics.Declared(subscription.Event));
        try
        {
            if (await inbox.ContainsAsync(@event.Key, ct))
                return DeliveryOutcome.Repeated;

            await application.ApplyAsync(@event, Parser.Parse(@event.Data, subscription.Event), subscription, ct);
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
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            return await FailedAsync(@event, failure, ct);
        }
    }

    private async Task<DeliveryOutcome> FailedAsync(CloudEvent @event, Exception failure, CancellationToken ct)
    {
        var (cause, policy) = failure is HandlerFailedException { InnerException: { } inner } failed ? (inner, failed.Policy) : (failure, FailurePolicy.Default);
        try
        {
            if (await deadLetters.FailedAsync(@event, cause, policy, ct))
            {
                Log.Parked(log, cause, @event.Type, @event.Key.Id, @event.Key.Source);
                return DeliveryOutcome.Parked;
            }
        }
        catch (Exception uncounted) when (uncounted is StoreUnavailableException or ConcurrencyException or UniqueConstraintException)
        {
            Log.Uncounted(log, uncounted.Message); // it comes again and is counted then
        }

        Log.Failed(log, cause, @event.Type, @event.Key.Id, @event.Key.Source);
        return DeliveryOutcome.Failed;
    }

    /// <summary>The parser puts what it could not read behind a colon; that may be personal and stays out of the log.</summary>
    private static string WithoutValue(Exception invalid) => invalid.Message.Split(':')[0];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Type} {Id} from {Source} is dropped: its data is no such event. {Reason}")]
        public static partial void Invalid(ILogger logger, string type, string id, string source, string reason);

        [LoggerMessage(2, LogLevel.Warning, "{Type} {Id} from {Source} could not be applied and comes again.")]
        public static partial void Failed(ILogger logger, Exception failure, string type, string id, string source);

        [LoggerMessage(3, LogLevel.Error, "{Type} {Id} from {Source} could not be applied and is parked as a dead letter; the next events pass.")]
        public static partial void Parked(ILogger logger, Exception failure, string type, string id, string source);

        [LoggerMessage(4, LogLevel.Warning, "A failed delivery could not be counted. {Reason}")]
        public static partial void Uncounted(ILogger logger, string reason);
    }
}
