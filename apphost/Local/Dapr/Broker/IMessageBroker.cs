namespace Ecosystem.AppHost.Local.Dapr.Broker;

/// <summary>A pub/sub component: it takes messages and gives them, per consuming app, at least once and in order of a topic.</summary>
internal interface IMessageBroker : IAsyncDisposable
{
    /// <summary>Returns once the messages are safe: nothing short of a broken disk loses them afterwards.</summary>
    Task PublishAsync(string topic, IReadOnlyList<NewMessage> messages, CancellationToken ct);

    /// <summary>
    /// Tells which topics an app consumes. Until an app has told, it may want any, so that a message published before its first start reaches it.
    /// </summary>
    Task SetTopicsAsync(string appId, IReadOnlyCollection<string> topics, CancellationToken ct);

    /// <summary>Hands messages to <paramref name="consume"/> until cancelled.</summary>
    Task ConsumeAsync(Consumer consumer, CancellationToken ct);
}

internal sealed record NewMessage(ReadOnlyMemory<byte> Payload, DateTimeOffset? Expires = null);

internal sealed record BrokerMessage(long Sequence, ReadOnlyMemory<byte> Payload, DateTimeOffset? Expires);

/// <summary>One app's reading of one topic. <see cref="HandleAsync"/> says per message whether it is done with (true) or must come again.</summary>
internal sealed record Consumer(
    string AppId,
    string Topic,
    int BatchSize,
    Func<IReadOnlyList<BrokerMessage>, CancellationToken, Task<IReadOnlyList<bool>>> HandleAsync);
