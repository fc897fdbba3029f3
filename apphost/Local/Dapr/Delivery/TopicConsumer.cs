using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Events;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Brings the messages of one subscription to its app: routing, retries, dead letter.</summary>
internal sealed class TopicConsumer(
    string appId, Subscription subscription, PubSubComponent component, AppChannel channel, AppGate gate, TimeProvider time, ILogger logger)
{
    public Task RunAsync(CancellationToken ct) =>
        component.Broker.ConsumeAsync(new Consumer(appId, subscription.Topic, subscription.Batch ?? 1, HandleAsync), ct);

    private async Task<IReadOnlyList<bool>> HandleAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken ct)
    {
        var envelopes = messages.Select(Envelope).ToList();
        var done = new bool[messages.Count];
        var byPath = Enumerable.Range(0, messages.Count).GroupBy(i => envelopes[i] is { } e ? subscription.PathFor(e) : null).ToList();
        foreach (var group in byPath)
        {
            var indices = group.ToList();
            var finished = group.Key is { } path
                ? await DeliverAsync(path, indices, messages, envelopes!, ct)
                : await ForgetAsync(indices, messages, envelopes, ct);
            foreach (var (index, i) in indices.Select((index, i) => (index, i)))
            {
                done[index] = finished[i];
            }
        }

        return done;
    }

    /// <summary>Null when the time to live is over, or when there is nothing in it that can be routed.</summary>
    private JsonObject? Envelope(BrokerMessage message) =>
        message.Expires < time.GetUtcNow() ? null
        : subscription.Raw ? CloudEvents.WrapRaw(message.Payload.Span, subscription.Topic, subscription.PubSub)
        : CloudEvents.TryRead(message.Payload.Span);

    private async Task<bool[]> ForgetAsync(List<int> indices, IReadOnlyList<BrokerMessage> messages, List<JsonObject?> envelopes, CancellationToken ct)
    {
        foreach (var index in indices.Where(index => !(messages[index].Expires < time.GetUtcNow())))
        {
            var reason = envelopes[index] is null ? "it is not a CloudEvent" : "no rule fits and there is no default";
            logger.LogWarning("A message of {Topic} for {App} is dropped: {Reason}.", subscription.Topic, appId, reason);
            await DeadLetterAsync(messages[index], ct);
        }

        return [.. indices.Select(_ => true)];
    }

    private async Task<bool[]> DeliverAsync(string path, List<int> indices, IReadOnlyList<BrokerMessage> messages, List<JsonObject> envelopes, CancellationToken ct)
    {
        var finished = new bool[indices.Count];
        var open = Enumerable.Range(0, indices.Count).ToList();
        for (var retry = 0; open.Count > 0; retry++)
        {
            if (retry > 0)
            {
                if (!component.Inbound.Allows(retry))
                {
                    await GiveUpAsync(path, open.Select(i => messages[indices[i]]).ToList(), ct);
                    open.ForEach(i => finished[i] = subscription.DeadLetterTopic is not null);
                    break;
                }

                await Task.Delay(component.Inbound.PauseBefore(retry), time, ct);
            }

            var outcomes = await SendAsync(path, [.. open.Select(i => messages[indices[i]])], [.. open.Select(i => envelopes[indices[i]])], ct);
            var again = new List<int>();
            foreach (var (i, outcome) in open.Zip(outcomes))
            {
                finished[i] = outcome != DeliveryOutcome.Retry;
                switch (outcome)
                {
                    case DeliveryOutcome.Retry:
                        again.Add(i);
                        break;
                    case DeliveryOutcome.Drop:
                        await DeadLetterAsync(messages[indices[i]], ct);
                        break;
                    case DeliveryOutcome.NoSuchPath:
                        logger.LogError("{App} answered 404 at {Path}: a message of {Topic} is lost, as Dapr does it.", appId, path, subscription.Topic);
                        break;
                }
            }

            open = again;
        }

        return finished;
    }

    /// <summary>One attempt. While nobody listens there is none: the delivery waits until the app is back.</summary>
    private async Task<IReadOnlyList<DeliveryOutcome>> SendAsync(string path, List<BrokerMessage> messages, List<JsonObject> envelopes, CancellationToken ct)
    {
        while (true)
        {
            await gate.WaitUntilOpenAsync(ct);
            var timeout = component.Inbound.Timeout;
            var outcomes = subscription.Batch is null
                ? [await channel.DeliverAsync(path, envelopes[0], timeout, ct)]
                : await channel.DeliverBulkAsync(path, BulkBody(messages, envelopes), [.. messages.Select(EntryId)], timeout, ct);
            if (!outcomes.Contains(DeliveryOutcome.NotRunning))
            {
                return outcomes;
            }

            gate.Close();
        }
    }

    private JsonObject BulkBody(List<BrokerMessage> messages, List<JsonObject> envelopes) => new()
    {
        ["id"] = EntryId(messages[0]),
        ["type"] = "com.dapr.event.sent.bulk",
        ["topic"] = subscription.Topic,
        ["pubsubname"] = subscription.PubSub,
        ["metadata"] = new JsonObject(),
        ["entries"] = new JsonArray([.. messages.Zip(envelopes, (message, envelope) => new JsonObject
        {
            ["entryId"] = EntryId(message),
            ["event"] = envelope.DeepClone(),
            ["contentType"] = CloudEvents.MediaType,
            ["metadata"] = new JsonObject(),
        })]),
    };

    private static string EntryId(BrokerMessage message) => message.Sequence.ToString(CultureInfo.InvariantCulture);

    private async Task GiveUpAsync(string path, List<BrokerMessage> messages, CancellationToken ct)
    {
        foreach (var message in messages)
        {
            if (subscription.DeadLetterTopic is null)
            {
                logger.LogError("A message of {Topic} was not taken by {App} at {Path}. It has no dead-letter topic and is offered again.", subscription.Topic, appId, path);
            }
            else
            {
                await DeadLetterAsync(message, ct);
            }
        }
    }

    private async Task DeadLetterAsync(BrokerMessage message, CancellationToken ct)
    {
        if (subscription.DeadLetterTopic is { } topic)
        {
            logger.LogWarning("A message of {Topic} that {App} did not take goes to {DeadLetterTopic}.", subscription.Topic, appId, topic);
            await component.Broker.PublishAsync(topic, [new NewMessage(message.Payload)], ct);
        }
    }
}
