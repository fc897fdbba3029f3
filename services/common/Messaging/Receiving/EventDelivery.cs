using Ecosystem.Storage;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>
/// Decides what becomes of delivered events. Those of different subjects are applied jointly; when that fails, each has a transaction of its
/// own. Events of one subject are applied in their order, and behind one that failed none of it is.
/// </summary>
internal sealed partial class EventDelivery(
    SubscriptionList subscriptions, JointApplication joint, EventApplication application, DeadLetterBox deadLetters, IInbox inbox, MessagingMeter meter,
    TimeProvider time, ILogger<EventDelivery> log)
{
    /// <summary>Returns the outcome of each. Never throws for what an event or its handler did; only for a cancelled delivery.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<CloudEvent> events, CancellationToken ct)
    {
        var outcomes = new DeliveryOutcome[events.Count];
        var waiting = new List<(int Place, ReceivedEvent Event)>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            if (Read(events[i], out outcomes[i]) is { } received)
                waiting.Add((i, received));
        }

        while (waiting.Count > 0)
        {
            var wave = waiting.DistinctBy(next => next.Event.Order).ToList();
            var applied = await ApplyAsync(wave.ConvertAll(next => next.Event), ct);
            foreach (var (next, outcome) in wave.Zip(applied))
            {
                outcomes[next.Place] = outcome;
                waiting.Remove(next);
                if (outcome == DeliveryOutcome.Failed)
                    HoldBack(next.Event, waiting, outcomes);
            }
        }

        for (var i = 0; i < outcomes.Length; i++)
            meter.Received(events[i].Type, outcomes[i]);
        return outcomes;
    }

    /// <summary>
    /// Takes over what the sidecar gave up. It may have given up because the store was away for long, so the event is tried once more; it is
    /// parked when it fails again.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It can be neither applied nor parked now.</exception>
    public async Task GivenUpAsync(CloudEvent @event, CancellationToken ct)
    {
        if (subscriptions.Of(@event.Type) is null || await deadLetters.IsParkedAsync(@event.Key, ct))
            return; // every subscriber of a topic hears of what one of them did not take

        var outcome = (await ReceiveAsync([@event], ct))[0];
        if (outcome is DeliveryOutcome.Failed or DeliveryOutcome.Invalid)
            await deadLetters.GivenUpAsync(@event, outcome == DeliveryOutcome.Invalid ? "Its data is no such event." : "The sidecar gave up delivering it.", ct);
    }

    private ReceivedEvent? Read(CloudEvent @event, out DeliveryOutcome outcome)
    {
        outcome = DeliveryOutcome.Unhandled;
        if (subscriptions.Of(@event.Type) is not { } subscription)
            return null;

        try
        {
            return ReceivedEvent.Read(@event, subscription);
        }
        catch (EnvelopeException invalid)
        {
            Log.Invalid(log, @event.Type, @event.Key.Id, @event.Key.Source, invalid.Message);
            outcome = DeliveryOutcome.Invalid;
            return null;
        }
    }

    private static void HoldBack(ReceivedEvent failed, List<(int Place, ReceivedEvent Event)> waiting, DeliveryOutcome[] outcomes)
    {
        foreach (var (place, _) in waiting.Where(next => next.Event.Order == failed.Order))
            outcomes[place] = DeliveryOutcome.HeldBack;
        waiting.RemoveAll(next => next.Event.Order == failed.Order);
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> ApplyAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken ct)
    {
        var outcomes = events.Count > 1 ? await joint.ApplyAsync(events, ct) : [null];
        var each = new DeliveryOutcome[events.Count];
        for (var i = 0; i < each.Length; i++)
        {
            each[i] = outcomes[i] ?? await ApplyAsync(events[i], ct);
            if (each[i] == DeliveryOutcome.Applied)
                Measure(events[i]);
        }

        return each;
    }

    private async Task<DeliveryOutcome> ApplyAsync(ReceivedEvent received, CancellationToken ct)
    {
        try
        {
            if (await inbox.ContainsAsync(received.Envelope.Key, ct))
                return DeliveryOutcome.Repeated;

            await application.ApplyAsync(received, ct);
            return DeliveryOutcome.Applied;
        }
        catch (AlreadyReceivedException)
        {
            return DeliveryOutcome.Repeated; // another delivery of it was faster
        }
        catch (Exception failure) when (IsStoreAway(failure) && !ct.IsCancellationRequested)
        {
            Log.StoreAway(log, received.Envelope.Type, received.Envelope.Key.Id, failure.Message);
            return DeliveryOutcome.Failed;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return await FailedAsync(received.Envelope, failure, ct);
        }
    }

    /// <summary>Then no event is to blame: none is counted as failed, all wait.</summary>
    private static bool IsStoreAway(Exception failure) => failure is StoreUnavailableException or HandlerFailedException { InnerException: StoreUnavailableException };

    private void Measure(ReceivedEvent received)
    {
        if (received.Envelope.Time is { } published)
            meter.Applied(received.Envelope.Type, time.GetUtcNow() - published);
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Type} {Id} from {Source} is dropped: {Reason}")]
        public static partial void Invalid(ILogger logger, string type, string id, string source, string reason);

        [LoggerMessage(2, LogLevel.Warning, "{Type} {Id} from {Source} could not be applied and comes again.")]
        public static partial void Failed(ILogger logger, Exception failure, string type, string id, string source);

        [LoggerMessage(3, LogLevel.Error, "{Type} {Id} from {Source} could not be applied and is parked as a dead letter; the next events pass.")]
        public static partial void Parked(ILogger logger, Exception failure, string type, string id, string source);

        [LoggerMessage(5, LogLevel.Warning, "{Type} {Id} comes again: the store cannot save now. {Reason}")]
        public static partial void StoreAway(ILogger logger, string type, string id, string reason);

        [LoggerMessage(4, LogLevel.Warning, "A failed delivery could not be counted. {Reason}")]
        public static partial void Uncounted(ILogger logger, string reason);
    }
}
