using System.Diagnostics;
using Ecosystem.Storage;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>
/// Sends one batch of the outbox in waves: a wave has at most one event of each subject, because a sidecar forwards a bulk request in any order.
/// A refused event holds its own subject back and nothing else.
/// </summary>
internal sealed partial class OutboxBatch(
    IOutbox outbox, SidecarPublisher publisher, MessagingOptions options, MessagingMeter meter, IIdSource ids, TimeProvider time,
    ILogger<OutboxBatch> log)
{
    private const int Size = 200;
    private const int RefusalsThatMeanOutage = 3;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20); // so long the subjects of a relay that was killed wait
    private static readonly TimeSpan LastStart = Lease - SidecarPublisher.Timeout - TimeSpan.FromSeconds(2); // what is sent is answered within the claim
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly string _relay = ids.Next();

    /// <summary>Returns how many events the broker took.</summary>
    /// <exception cref="SidecarUnavailableException">Nothing can be sent now; what was not sent is free again.</exception>
    public async Task<int> SendAsync(CancellationToken ct)
    {
        var claimed = time.GetTimestamp();
        var waiting = new List<OutboxClaim>(await outbox.ClaimAsync(_relay, Size, Lease, ct));
        var sent = 0;
        var refusedInARow = 0;
        try
        {
            while (waiting.Count > 0)
            {
                var wave = waiting.DistinctBy(claim => (claim.Event.Topic, claim.Event.Subject)).ToList();
                foreach (var topic in wave.GroupBy(claim => claim.Event.Topic))
                {
                    if (time.GetElapsedTime(claimed) > LastStart)
                        return sent;
                    var taken = await SendAsync(topic.Key, [.. topic], waiting, ct);
                    sent += taken;
                    refusedInARow = taken > 0 ? 0 : refusedInARow + topic.Count();
                    if (refusedInARow >= RefusalsThatMeanOutage)
                        throw new SidecarUnavailableException($"The broker refused {refusedInARow} events in a row.");
                }
            }

            return sent;
        }
        finally
        {
            if (waiting.Count > 0)
                await outbox.ReleaseAsync(_relay, [.. waiting.Select(claim => claim.Position)], CancellationToken.None);
        }
    }

    /// <summary>Sends events of different subjects, and takes from <paramref name="waiting"/> what needs no more attention in this batch.</summary>
    private async Task<int> SendAsync(string topic, List<OutboxClaim> wave, List<OutboxClaim> waiting, CancellationToken ct)
    {
        var activities = wave.ConvertAll(claim => MessagingTelemetry.StartPublish(claim.Event));
        try
        {
            var events = wave.Select((claim, i) => Envelope(claim.Event, activities[i])).ToList();
            var refusals = await RefusalsAsync(topic, events, ct);
            var sent = wave.Where((_, i) => !refusals.ContainsKey(i)).ToList();
            if (sent.Count > 0)
                await outbox.RemoveAsync(_relay, [.. sent.Select(claim => claim.Position)], CancellationToken.None); // the broker has them, whatever else happens
            waiting.RemoveAll(sent.Contains);
            meter.Sent(topic, sent.Count);

            foreach (var (i, reason) in refusals)
                await PostponeAsync(wave[i], reason, waiting, ct);
            return sent.Count;
        }
        finally
        {
            activities.ForEach(activity => activity?.Dispose());
        }
    }

    private async Task<IReadOnlyDictionary<int, string>> RefusalsAsync(string topic, List<CloudEvent> events, CancellationToken ct)
    {
        if (events.Count > 1)
            return await publisher.PublishAsync(topic, events, ct);
        return await publisher.PublishAsync(topic, events[0], ct) is { } reason ? new Dictionary<int, string> { [0] = reason } : [];
    }

    private async Task PostponeAsync(OutboxClaim refused, string reason, List<OutboxClaim> waiting, CancellationToken ct)
    {
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, refused.Attempts), LongestDelay.TotalSeconds));
        Log.Refused(log, refused.Event.Type, refused.Event.Id, refused.Event.Topic, refused.Attempts + 1, delay, reason);
        meter.Refused(refused.Event.Topic);
        await outbox.PostponeAsync(_relay, refused.Position, delay, reason, ct);

        var held = waiting.Where(claim => (claim.Event.Topic, claim.Event.Subject) == (refused.Event.Topic, refused.Event.Subject)).ToList();
        waiting.RemoveAll(held.Contains);
        await outbox.ReleaseAsync(_relay, [.. held.Skip(1).Select(claim => claim.Position)], ct);
    }

    private CloudEvent Envelope(OutboxEvent published, Activity? activity) => new()
    {
        Key = new EventKey(options.Source, published.Id),
        Type = published.Type,
        Subject = published.Subject,
        Time = published.Time,
        Data = published.Data,
        TraceParent = activity?.Id ?? published.TraceParent,
        TraceState = activity?.TraceStateString ?? published.TraceState,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The broker refused {Type} {Id} on {Topic} (attempt {Attempt}); its subject waits {Delay}, others go on. {Reason}")]
        public static partial void Refused(ILogger logger, string type, string id, string topic, int attempt, TimeSpan delay, string reason);
    }
}
