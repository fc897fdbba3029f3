using System.Text.Json.Nodes;
using Ecosystem.AppHost.Local.Dapr.Events;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>One attempt to deliver: to whichever instance of the app takes messages, and to none while none does.</summary>
internal sealed class MessageAttempt(Subscription subscription, PubSubComponent component, Instances instances, CircuitBreaker? breaker)
{
    /// <summary>One outcome per letter. While nobody listens there is no attempt: it waits until an instance is back.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> SendAsync(string path, IReadOnlyList<Letter> letters, CancellationToken ct)
    {
        var outcomes = new DeliveryOutcome[letters.Count];
        var open = Enumerable.Range(0, letters.Count).ToList();
        while (open.Count > 0)
        {
            var shares = Share(open, letters, await instances.ReadyAsync(subscription, ct));
            await Task.WhenAll(shares.Select(async share =>
            {
                var answers = await SendAsync(share.Instance, path, [.. share.Indices.Select(i => letters[i])], ct);
                foreach (var (index, answer) in share.Indices.Zip(answers))
                {
                    outcomes[index] = answer;
                }
            }));
            open.RemoveAll(i => outcomes[i] != DeliveryOutcome.NotRunning);
        }

        return outcomes;
    }

    /// <summary>A batch is shared among the instances so that what is about one subject goes to one of them.</summary>
    private IEnumerable<(AppInstance Instance, List<int> Indices)> Share(List<int> open, IReadOnlyList<Letter> letters, IReadOnlyList<AppInstance> ready)
    {
        var first = instances.Turn();
        return open
            .GroupBy(i => ready[(int)(((uint)letters[i].Lane.GetHashCode(StringComparison.Ordinal) + first) % (uint)ready.Count)])
            .Select(share => (share.Key, share.ToList()));
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> SendAsync(AppInstance instance, string path, IReadOnlyList<Letter> letters, CancellationToken ct)
    {
        if (breaker?.Allows() == false)
        {
            return [.. letters.Select(_ => DeliveryOutcome.CircuitOpen)];
        }

        var succeeded = false;
        try
        {
            var outcomes = await CallAsync(instance, path, letters, ct);
            succeeded = !outcomes.Contains(DeliveryOutcome.Retry) && !outcomes.Contains(DeliveryOutcome.NotRunning);
            if (outcomes.Contains(DeliveryOutcome.NotRunning))
            {
                instance.Close();
            }

            return outcomes;
        }
        finally
        {
            breaker?.Report(succeeded);
        }
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> CallAsync(AppInstance instance, string path, IReadOnlyList<Letter> letters, CancellationToken ct)
    {
        var timeout = component.Inbound.Timeout;
        return subscription.Batch is null
            ? [await instance.Channel.DeliverAsync(path, letters[0].Event!, timeout, ct)]
            : await instance.Channel.DeliverBulkAsync(path, BulkBody(letters), [.. letters.Select(l => l.EntryId)], timeout, ct);
    }

    private JsonObject BulkBody(IReadOnlyList<Letter> letters) => new()
    {
        ["id"] = letters[0].EntryId,
        ["type"] = "com.dapr.event.sent.bulk",
        ["topic"] = subscription.Topic,
        ["pubsubname"] = subscription.PubSub,
        ["metadata"] = new JsonObject(),
        ["entries"] = new JsonArray([.. letters.Select(letter => new JsonObject
        {
            ["entryId"] = letter.EntryId,
            ["event"] = letter.Event!.DeepClone(),
            ["contentType"] = CloudEvents.MediaType,
            ["metadata"] = new JsonObject(),
        })]),
    };
}
