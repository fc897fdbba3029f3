using System.Buffers;
using System.Text.Json;
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

    /// <summary>An envelope that came as one goes out as it came: to parse and write thousands of them again would be most of the work.</summary>
    private ReadOnlyMemory<byte> BulkBody(IReadOnlyList<Letter> letters)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("id", letters[0].EntryId);
            json.WriteString("type", "com.dapr.event.sent.bulk");
            json.WriteString("topic", subscription.Topic);
            json.WriteString("pubsubname", subscription.PubSub);
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteStartArray("entries");
            foreach (var letter in letters)
            {
                json.WriteStartObject();
                json.WriteString("entryId", letter.EntryId);
                json.WritePropertyName("event");
                json.WriteRawValue(subscription.Raw ? CloudEvents.Bytes(letter.Event!) : letter.Message.Payload.Span, skipInputValidation: true); // it was parsed for its route
                json.WriteString("contentType", CloudEvents.MediaType);
                json.WriteStartObject("metadata");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
