using Ecosystem.Storage;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Messaging;

/// <summary>
/// Sends one batch of the outbox in waves: a wave has at most one event of each subject. A refused event holds its own subject back and
/// nothing else.
/// </summary>
internal sealed partial class OutboxBatch(
    IOutbox outbox, RequestSender sender, MessagingOptions options, MessagingMeter meter, IIdSource ids, TimeProvider time, ILogger<OutboxBatch> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20); // so long the subjects of a relay that was killed wait
    private static readonly TimeSpan LastStart = Lease - SidecarPublisher.Timeout - TimeSpan.FromSeconds(2); // what is sent is answered within the claim
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestDelayInOutage = TimeSpan.FromSeconds(15); // it is hardly the event's own fault

    private readonly string _relay = ids.Next();
    private readonly ClaimSize _size = new(Events: 500, Bytes: 4L * options.LargestEvent); // some requests

    /// <summary>Returns how many events the broker took.</summary>
    /// <exception cref="SidecarUnavailableException">Nothing can be sent now; what was not sent is free again.</exception>
    public async Task<int> SendAsync(CancellationToken ct)
    {
        var claimed = time.GetTimestamp();
        var waiting = new ClaimedEvents(await outbox.ClaimAsync(_relay, _size, Lease, ct));
        var sent = 0;
        var refusedInARow = 0;
        try
        {
            while (!waiting.IsEmpty && time.GetElapsedTime(claimed) <= LastStart)
            {
                var wave = waiting.Wave();
                var refused = await SendAsync(wave, waiting, ct);
                sent += wave.Count - refused;
                refusedInARow = refused < wave.Count ? 0 : refusedInARow + refused;
                if (refusedInARow >= RequestSender.RefusalsThatMeanOutage)
                    throw new SidecarUnavailableException($"The broker refused {refusedInARow} events in a row.");
            }

            return sent;
        }
        finally
        {
            if (!waiting.IsEmpty)
                await outbox.ReleaseAsync(_relay, waiting.Positions(), CancellationToken.None);
        }
    }

    /// <summary>Sends events of different subjects, takes them from <paramref name="waiting"/>, and returns how many were refused.</summary>
    private async Task<int> SendAsync(List<OutboxClaim> wave, ClaimedEvents waiting, CancellationToken ct)
    {
        var answers = await Task.WhenAll(PublishRequest.Of(wave, options.LargestEvent).Select(request => SendAsync(request, ct)));
        var refusals = answers.SelectMany(refused => refused).ToList();
        foreach (var claim in Taken(wave, refusals))
            waiting.Sent(claim);

        var longest = refusals.Count == wave.Count ? LongestDelayInOutage : LongestDelay;
        await Task.WhenAll(refusals.Select(refusal => PostponeAsync(refusal, longest, waiting.HoldBack(refusal.Claim), ct)));
        return refusals.Count;
    }

    private async Task<List<Refusal>> SendAsync(PublishRequest request, CancellationToken ct)
    {
        var refusals = await sender.SendAsync(request, ct);
        List<long> taken = [.. Taken(request.Claims, refusals).Select(claim => claim.Position)];
        if (taken.Count > 0)
            await outbox.RemoveAsync(_relay, taken, CancellationToken.None); // the broker has them, whatever else happens
        meter.Sent(request.Topic, taken.Count);
        return refusals;
    }

    private static IEnumerable<OutboxClaim> Taken(List<OutboxClaim> offered, List<Refusal> refusals)
    {
        var refused = refusals.Select(refusal => refusal.Claim.Position).ToHashSet();
        return offered.Where(claim => !refused.Contains(claim.Position));
    }

    private async Task PostponeAsync(Refusal refusal, TimeSpan longest, IReadOnlyList<long> behind, CancellationToken ct)
    {
        var (refused, reason) = refusal;
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, refused.Attempts), longest.TotalSeconds));
        Log.Refused(log, refused.Event.Type, refused.Event.Id, refused.Event.Topic, refused.Attempts + 1, delay, reason);
        meter.Refused(refused.Event.Topic);
        await outbox.PostponeAsync(_relay, refused.Position, delay, reason, ct);
        if (behind.Count > 0)
            await outbox.ReleaseAsync(_relay, behind, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The broker refused {Type} {Id} on {Topic} (attempt {Attempt}); its subject waits {Delay}, others go on. {Reason}")]
        public static partial void Refused(ILogger logger, string type, string id, string topic, int attempt, TimeSpan delay, string reason);
    }
}
