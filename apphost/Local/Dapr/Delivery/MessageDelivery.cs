using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Brings messages of one subscription to an end: taken by the app, dead-lettered, or given back to the broker.</summary>
internal sealed class MessageDelivery(
    string appId, Subscription subscription, PubSubComponent component, MessageAttempt attempt, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PauseAfterGivingUp = TimeSpan.FromSeconds(1);

    /// <summary>Returns when every message has come to its end.</summary>
    /// <exception cref="BrokerException">The broker is away; what was not acknowledged comes again.</exception>
    public async Task DeliverAsync(IReadOnlyList<Letter> letters, CancellationToken ct)
    {
        foreach (var ofPath in letters.GroupBy(letter => letter.Path, StringComparer.Ordinal))
        {
            await (ofPath.Key is { } path ? DeliverAsync(path, [.. ofPath], ct) : ForgetAsync(ofPath, ct));
        }
    }

    private async Task DeliverAsync(string path, List<Letter> letters, CancellationToken ct)
    {
        var open = await WithoutExpiredAsync(letters, ct);
        for (var retry = 1; open.Count > 0; retry++)
        {
            (open, var isCircuitOpen) = await OnceAsync(path, open, ct);
            if (open.Count == 0)
            {
                break;
            }

            if (!isCircuitOpen && component.Inbound.Allows(retry))
            {
                await Task.Delay(component.Inbound.PauseBefore(retry), time, ct);
                continue;
            }

            retry = 0;
            open = await GiveUpAsync(path, open, ct);
            await Task.Delay(open.Count > 0 ? PauseAfterGivingUp : TimeSpan.Zero, time, ct);
        }
    }

    /// <summary>One attempt; returns what is to be repeated.</summary>
    private async Task<(List<Letter> Again, bool IsCircuitOpen)> OnceAsync(string path, List<Letter> letters, CancellationToken ct)
    {
        var again = new List<Letter>();
        var isCircuitOpen = false;
        foreach (var (letter, outcome) in letters.Zip(await attempt.SendAsync(path, letters, ct)))
        {
            switch (outcome)
            {
                case DeliveryOutcome.Retry or DeliveryOutcome.CircuitOpen:
                    again.Add(letter);
                    isCircuitOpen |= outcome == DeliveryOutcome.CircuitOpen;
                    continue;
                case DeliveryOutcome.Drop:
                    await DeadLetterAsync(letter, ct);
                    break;
                case DeliveryOutcome.NoSuchPath:
                    logger.LogError("{App} answered 404 at {Path}: a message of {Topic} is lost, as Dapr does it.", appId, path, subscription.Topic);
                    break;
            }

            await letter.Message.AcknowledgeAsync(ct);
        }

        return (again, isCircuitOpen);
    }

    private async Task<List<Letter>> WithoutExpiredAsync(List<Letter> letters, CancellationToken ct)
    {
        var inTime = new List<Letter>(letters.Count);
        foreach (var letter in letters)
        {
            if (letter.Message.Expires < time.GetUtcNow())
            {
                await letter.Message.AcknowledgeAsync(ct);
            }
            else
            {
                inTime.Add(letter);
            }
        }

        return inTime;
    }

    private async Task ForgetAsync(IEnumerable<Letter> letters, CancellationToken ct)
    {
        foreach (var letter in await WithoutExpiredAsync([.. letters], ct))
        {
            var reason = letter.Event is null ? "it is not a CloudEvent" : "no rule fits and there is no default";
            logger.LogWarning("A message of {Topic} for {App} is dropped: {Reason}.", subscription.Topic, appId, reason);
            await DeadLetterAsync(letter, ct);
            await letter.Message.AcknowledgeAsync(ct);
        }
    }

    /// <summary>After the last retry; returns what has to be offered again.</summary>
    private async Task<List<Letter>> GiveUpAsync(string path, List<Letter> letters, CancellationToken ct)
    {
        var again = new List<Letter>();
        foreach (var letter in letters)
        {
            if (subscription.DeadLetterTopic is not null)
            {
                await DeadLetterAsync(letter, ct);
                await letter.Message.AcknowledgeAsync(ct);
            }
            else if (await letter.Message.GiveBackAsync(ct))
            {
                logger.LogError("A message of {Topic} was not taken by {App} at {Path}. It has no dead-letter topic and leaves its queue.", subscription.Topic, appId, path);
            }
            else
            {
                logger.LogError("A message of {Topic} was not taken by {App} at {Path}. It has no dead-letter topic and is offered again.", subscription.Topic, appId, path);
                again.Add(letter);
            }
        }

        return again;
    }

    private async Task DeadLetterAsync(Letter letter, CancellationToken ct)
    {
        if (subscription.DeadLetterTopic is { } topic)
        {
            logger.LogWarning("A message of {Topic} that {App} did not take goes to {DeadLetterTopic}.", subscription.Topic, appId, topic);
            await component.Broker.PublishAsync(topic, [new NewMessage(letter.Message.Payload)], ct);
        }
    }
}
