namespace Ecosystem.AppHost.Local.Dapr.Broker;

/// <summary>A pub/sub component: it takes messages and gives them, per consuming app, at least once and in order of a topic.</summary>
internal interface IMessageBroker : IAsyncDisposable
{
    /// <summary>Returns once the messages are safe: nothing short of a broken disk loses them afterwards.</summary>
    /// <exception cref="BrokerException">The broker is away or refuses; some of the messages may be safe all the same.</exception>
    Task PublishAsync(string topic, IReadOnlyList<NewMessage> messages, CancellationToken ct);

    /// <summary>
    /// Tells which topics an app consumes. Until an app has told, it may want any, so that a message published before its first start reaches it.
    /// </summary>
    /// <exception cref="BrokerException">The broker is away or refuses.</exception>
    Task SetTopicsAsync(string appId, IReadOnlyCollection<ConsumedTopic> topics, CancellationToken ct);

    /// <summary>Hands over messages until cancelled. What has not been acknowledged by then comes again with the next call.</summary>
    /// <exception cref="BrokerException">The broker is away or refuses.</exception>
    Task ConsumeAsync(Consumer consumer, CancellationToken ct);
}

internal sealed record NewMessage(ReadOnlyMemory<byte> Payload)
{
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What the publisher tells the broker itself, such as <c>routingKey</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>A topic and what the subscription tells the broker about it, such as <c>singleActiveConsumer</c>.</summary>
internal sealed record ConsumedTopic(string Topic, IReadOnlyDictionary<string, string> Metadata);

/// <summary>One app's reading of one topic.</summary>
/// <param name="Batch">How many messages the app takes at once; so many at least are handed over before the first is acknowledged.</param>
/// <param name="TakeAsync">Takes a message; the broker waits with the next until it returns.</param>
internal sealed record Consumer(string AppId, ConsumedTopic Subject, int Batch, Func<BrokerMessage, CancellationToken, ValueTask> TakeAsync);

/// <summary>A message on its way to one app. It is the broker's until it is acknowledged.</summary>
internal abstract record BrokerMessage(long Sequence, ReadOnlyMemory<byte> Payload, DateTimeOffset? Expires)
{
    /// <summary>Done with: the app does not get it again.</summary>
    public abstract ValueTask AcknowledgeAsync(CancellationToken ct);

    /// <summary>The app refused it to the last. True when the broker has taken it back, false when it has to be offered again.</summary>
    public virtual ValueTask<bool> GiveBackAsync(CancellationToken ct) => ValueTask.FromResult(false);
}

/// <summary>The broker is away, or it refuses.</summary>
internal sealed class BrokerException : Exception
{
    public BrokerException()
    {
    }

    public BrokerException(string message)
        : base(message)
    {
    }

    public BrokerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
