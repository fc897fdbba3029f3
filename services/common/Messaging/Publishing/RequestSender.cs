using System.Diagnostics;
using Ecosystem.Storage;

namespace Ecosystem.Messaging;

/// <summary>An event the broker did not take, and why.</summary>
internal sealed record Refusal(OutboxClaim Claim, string Reason);

/// <summary>Sends the events of one request and finds out which of them the broker has.</summary>
internal sealed class RequestSender(SidecarPublisher publisher, MessagingOptions options)
{
    /// <summary>So many refusals in a row mean that the next would be refused as well.</summary>
    public const int RefusalsThatMeanOutage = 3;

    /// <exception cref="SidecarUnavailableException">The sidecar does not answer; nothing is known of any of them.</exception>
    public async Task<List<Refusal>> SendAsync(PublishRequest request, CancellationToken ct)
    {
        var activities = request.Claims.ConvertAll(claim => MessagingTelemetry.StartPublish(claim.Event));
        try
        {
            List<CloudEvent> events = [.. request.Claims.Select((claim, i) => Envelope(claim.Event, activities[i]))];
            if (events.Count == 1)
                return await OneByOneAsync(request, events, ct);

            var refused = await publisher.PublishAsync(request.Topic, events, ct);
            return refused is null
                ? await OneByOneAsync(request, events, ct) // refused as a whole: so it shows on whose account
                : [.. refused.Select(entry => new Refusal(request.Claims[entry.Key], entry.Value))];
        }
        finally
        {
            activities.ForEach(activity => activity?.Dispose());
        }
    }

    private async Task<List<Refusal>> OneByOneAsync(PublishRequest request, List<CloudEvent> events, CancellationToken ct)
    {
        var refusals = new List<Refusal>();
        for (var i = 0; i < events.Count; i++)
        {
            if (refusals.Count == i && i >= RefusalsThatMeanOutage)
                refusals.Add(new Refusal(request.Claims[i], refusals[^1].Reason));
            else if (await publisher.PublishAsync(request.Topic, events[i], ct) is { } reason)
                refusals.Add(new Refusal(request.Claims[i], reason));
        }

        return refusals;
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
}
