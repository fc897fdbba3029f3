using System.Globalization;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// What a <c>pubsub.rabbitmq</c> component declares, with Dapr's names and defaults:
/// https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-rabbitmq/
/// </summary>
internal sealed record RabbitMqSettings
{
    private static readonly string[] ExchangeKinds = ["fanout", "topic", "direct", "headers"];
    private static readonly string[] NotSupported = ["caCert", "clientCert", "clientKey", "saslExternal"];

    public required Uri Address { get; init; }

    /// <summary>First part of queue names; null means the app-id.</summary>
    public string? ConsumerId { get; init; }

    public string? ClientName { get; init; }

    public bool Durable { get; init; }

    public bool DeletedWhenUnused { get; init; }

    public bool AutoAck { get; init; }

    public bool Persistent { get; init; }

    /// <summary>Whether a message that an app refused to the last is offered again; otherwise it leaves the queue.</summary>
    public bool RequeueInFailure { get; init; }

    public bool EnableDeadLetter { get; init; }

    public bool PublisherConfirm { get; init; }

    public ushort PrefetchCount { get; init; }

    public bool Parallel { get; init; }

    public required string ExchangeKind { get; init; }

    public long? MaxLen { get; init; }

    public long? MaxLenBytes { get; init; }

    public TimeSpan? TimeToLive { get; init; }

    public TimeSpan ReconnectWait { get; init; }

    public TimeSpan Heartbeat { get; init; }

    /// <exception cref="InvalidDataException">One or more values cannot be used; the message has all of them.</exception>
    public static RabbitMqSettings Read(ComponentResource component)
    {
        var values = new MetadataReader(component);
        var kind = values.Text("exchangeKind") ?? "fanout";
        values.Require(ExchangeKinds.Contains(kind, StringComparer.Ordinal), $"exchangeKind '{kind}' is none of {string.Join(", ", ExchangeKinds)}");
        var mode = values.Text("concurrencyMode") ?? "parallel";
        values.Require(mode is "parallel" or "single", $"concurrencyMode '{mode}' is neither parallel nor single");
        var deliveryMode = values.Number("deliveryMode", 0, 2) ?? 0;
        foreach (var name in NotSupported)
        {
            values.Require(values.Text(name) is null, $"{name} is not known to the local sidecar");
        }

        var settings = new RabbitMqSettings
        {
            Address = AddressOf(values),
            ConsumerId = values.Text("consumerID"),
            ClientName = values.Text("clientName"),
            Durable = values.Flag("durable", otherwise: true),
            DeletedWhenUnused = values.Flag("deletedWhenUnused", otherwise: true),
            AutoAck = values.Flag("autoAck", otherwise: false),
            Persistent = deliveryMode == 2,
            RequeueInFailure = values.Flag("requeueInFailure", otherwise: false),
            EnableDeadLetter = values.Flag("enableDeadLetter", otherwise: false),
            PublisherConfirm = values.Flag("publisherConfirm", otherwise: false),
            PrefetchCount = (ushort)(values.Number("prefetchCount", 0, ushort.MaxValue) ?? 0),
            Parallel = mode == "parallel",
            ExchangeKind = kind,
            MaxLen = values.Number("maxLen", 0, long.MaxValue) is > 0 and var length ? length : null,
            MaxLenBytes = values.Number("maxLenBytes", 0, long.MaxValue) is > 0 and var bytes ? bytes : null,
            TimeToLive = values.Number("ttlInSeconds", 1, int.MaxValue) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ReconnectWait = TimeSpan.FromSeconds(values.Number("reconnectWaitSeconds", 1, 3600) ?? 3),
            Heartbeat = values.Duration("heartBeat", TimeSpan.FromSeconds(10)),
        };
        values.ThrowIfAnyProblem();
        return settings;
    }

    /// <summary>The name of an app's queue for a topic.</summary>
    public string QueueOf(string appId, ConsumedTopic subject) =>
        subject.Metadata.GetValueOrDefault("queueName") is { Length: > 0 } own ? own
        : $"{ConsumerId?.Replace("{appID}", appId, StringComparison.Ordinal) ?? appId}-{subject.Topic}";

    /// <summary>The values with which messages get lost, and what to write instead. Several of them are Dapr's defaults.</summary>
    public IEnumerable<string> Dangers()
    {
        if (!Durable)
            yield return "durable is false: queues and their messages are gone when the broker restarts. Write durable: \"true\".";
        if (DeletedWhenUnused)
            yield return "deletedWhenUnused is true: a queue and its messages are gone when its last app stops. Write deletedWhenUnused: \"false\".";
        if (AutoAck)
            yield return "autoAck is true: what an app has not finished when it dies is gone. Write autoAck: \"false\".";
        if (!Persistent)
            yield return "deliveryMode is not 2: messages are gone when the broker restarts. Write deliveryMode: \"2\".";
        if (!PublisherConfirm)
            yield return "publisherConfirm is false: what the broker never took is reported as published. Write publisherConfirm: \"true\".";
        if (!RequeueInFailure && !EnableDeadLetter)
            yield return "requeueInFailure and enableDeadLetter are false: a message that is refused to the last and has no deadLetterTopic is gone. Write one of them as \"true\".";
        if (PrefetchCount == 0)
            yield return "prefetchCount is 0: a sidecar takes a whole queue into memory. Write prefetchCount: \"100\" or the like (the local sidecar takes 1000).";
        if (MaxLen is not null || MaxLenBytes is not null)
            yield return "maxLen or maxLenBytes is set: the oldest messages are gone when a queue is full.";
    }

    private static Uri AddressOf(MetadataReader values)
    {
        // "host" is the old name of the connection string; "hostname" is a part of it.
        var text = values.Text("connectionString") ?? values.Text("host") ?? Composed(values);
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps";
        values.Require(isAddress, "connectionString is not of the form amqp://user:password@host:port");
        return isAddress ? address! : new Uri("amqp://localhost");
    }

    private static string Composed(MetadataReader values)
    {
        var user = values.Text("username") is { } name
            ? Uri.EscapeDataString(name) + (values.Text("password") is { } password ? ":" + Uri.EscapeDataString(password) : "") + "@"
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{values.Text("protocol") ?? "amqp"}://{user}{values.Text("hostname") ?? "localhost"}");
    }
}
