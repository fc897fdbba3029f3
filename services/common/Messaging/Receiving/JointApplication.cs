using Ecosystem.Storage;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>
/// Applies events of different subjects in a few transactions side by side: saving costs far more than applying, and while the handlers of
/// one transaction wait for the store those of another work. Handlers that got into each other's way are run again, one after the other.
/// </summary>
internal sealed partial class JointApplication(UnitOfWork work, IInbox inbox, ILogger<JointApplication> log)
{
    private const int Lanes = 4;
    private const int FewestInLane = 16;

    private enum LaneResult
    {
        Applied,
        StoreAway,
        Collided,
        Failed,
    }

    /// <summary>Returns the outcome of each; null where nothing has changed and it has to be applied alone, to see whose failure it is.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome?>> ApplyAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken ct)
    {
        IReadOnlySet<EventKey> known;
        try
        {
            known = await inbox.KnownAsync([.. events.Select(received => received.Envelope.Key)], ct);
        }
        catch (StoreUnavailableException away)
        {
            Log.StoreAway(log, events.Count, away.Message);
            return [.. events.Select(_ => (DeliveryOutcome?)DeliveryOutcome.Failed)];
        }

        var results = await InLanesAsync([.. events.Where(received => !known.Contains(received.Envelope.Key))], ct);
        return [.. events.Select(received => !results.TryGetValue(received.Envelope.Key, out var result) ? DeliveryOutcome.Repeated : result switch
        {
            LaneResult.Applied => DeliveryOutcome.Applied,
            LaneResult.StoreAway => DeliveryOutcome.Failed,
            _ => (DeliveryOutcome?)null,
        })];
    }

    private async Task<Dictionary<EventKey, LaneResult>> InLanesAsync(ReceivedEvent[] events, CancellationToken ct)
    {
        var lanes = events.Chunk(Math.Max(FewestInLane, (events.Length + Lanes - 1) / Lanes)).ToList();
        var results = await Task.WhenAll(lanes.Select(lane => Task.Run(() => TryAsync(lane, ct), CancellationToken.None))); // a store may save on the thread that asks it to
        var collided = lanes.Where((_, lane) => results[lane] == LaneResult.Collided).SelectMany(lane => lane).ToList();
        var again = collided.Count > 0 && lanes.Count > 1 ? await TryAsync(collided, ct) : LaneResult.Collided;
        return lanes.SelectMany((lane, i) => lane.Select(received => (received.Envelope.Key, Result: results[i] == LaneResult.Collided ? again : results[i])))
            .ToDictionary(entry => entry.Key, entry => entry.Result);
    }

    private async Task<LaneResult> TryAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken ct)
    {
        try
        {
            await work.ApplyAsync(events, ct);
            return LaneResult.Applied;
        }
        catch (HandlerFailedException failure) when (failure.InnerException is StoreUnavailableException away && !ct.IsCancellationRequested)
        {
            Log.StoreAway(log, events.Count, away.Message);
            return LaneResult.StoreAway;
        }
        catch (HandlerFailedException failure) when (failure.InnerException is ConcurrencyException or UniqueConstraintException && !ct.IsCancellationRequested)
        {
            return LaneResult.Collided;
        }
        catch (Exception failure) when (failure is AlreadyReceivedException or HandlerFailedException && !ct.IsCancellationRequested)
        {
            return LaneResult.Failed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} events come again: the store cannot save now. {Reason}")]
        public static partial void StoreAway(ILogger logger, int count, string reason);
    }
}
