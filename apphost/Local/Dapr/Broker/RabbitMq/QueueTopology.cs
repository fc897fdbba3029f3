using System.Globalization;
using RabbitMQ.Client;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// Declares exchanges and queues with the names and arguments that Dapr gives them, so that a real daprd may share the broker: an
/// exchange per topic, a queue per app and topic, and with <c>enableDeadLetter</c> an exchange <c>dlx-{queue}</c> with a queue <c>dlq-{queue}</c>.
/// </summary>
internal sealed class QueueTopology(RabbitMqSettings settings)
{
    private const string Fanout = "fanout";

    public Task DeclareTopicAsync(IChannel channel, string topic, CancellationToken ct) =>
        channel.ExchangeDeclareAsync(topic, settings.ExchangeKind, settings.Durable, settings.DeletedWhenUnused, cancellationToken: ct);

    /// <summary>Declares all that an app needs to consume a topic and returns the name of its queue.</summary>
    /// <exception cref="BrokerException">The subscription asks for what is not known.</exception>
    public async Task<string> DeclareQueueAsync(IChannel channel, string appId, ConsumedTopic subject, CancellationToken ct)
    {
        await DeclareTopicAsync(channel, subject.Topic, ct);
        var queue = settings.QueueOf(appId, subject);
        var arguments = Arguments(subject);
        if (settings.EnableDeadLetter)
        {
            await DeclareDeadLettersAsync(channel, queue, ct);
            arguments["x-dead-letter-exchange"] = "dlx-" + queue;
        }

        await channel.QueueDeclareAsync(queue, settings.Durable, exclusive: false, settings.DeletedWhenUnused, arguments, cancellationToken: ct);
        return queue;
    }

    /// <summary>Lets what is published to the topic into the queue.</summary>
    public static async Task BindAsync(IChannel channel, string queue, ConsumedTopic subject, CancellationToken ct)
    {
        foreach (var key in (subject.Metadata.GetValueOrDefault("routingKey") ?? "").Split(','))
        {
            await channel.QueueBindAsync(queue, subject.Topic, key, cancellationToken: ct);
        }
    }

    private async Task DeclareDeadLettersAsync(IChannel channel, string queue, CancellationToken ct)
    {
        await channel.ExchangeDeclareAsync("dlx-" + queue, Fanout, durable: true, settings.DeletedWhenUnused, cancellationToken: ct);
        var arguments = Limits();
        arguments["x-queue-mode"] = "lazy";
        await channel.QueueDeclareAsync("dlq-" + queue, durable: true, exclusive: false, settings.DeletedWhenUnused, arguments, cancellationToken: ct);
        await channel.QueueBindAsync("dlq-" + queue, "dlx-" + queue, "", cancellationToken: ct);
    }

    private Dictionary<string, object?> Arguments(ConsumedTopic subject)
    {
        var arguments = Limits();
        var type = subject.Metadata.GetValueOrDefault("queueType") is { Length: > 0 } asked ? asked : "classic";
        arguments["x-queue-type"] = type is "classic" or "quorum" ? type : throw new BrokerException($"queueType '{type}' is neither classic nor quorum");
        if (subject.Metadata.GetValueOrDefault("singleActiveConsumer") is "true" or "True" or "1")
        {
            arguments["x-single-active-consumer"] = true;
        }

        Number("maxPriority", "x-max-priority", most: 255);
        Number("maxLen", "x-max-length", long.MaxValue);
        Number("maxLenBytes", "x-max-length-bytes", long.MaxValue);
        return arguments;

        void Number(string name, string argument, long most)
        {
            if (subject.Metadata.GetValueOrDefault(name) is { Length: > 0 } text)
            {
                arguments[argument] = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? Math.Min(number, most)
                    : throw new BrokerException($"{name} '{text}' of the subscription to {subject.Topic} is not a number");
            }
        }
    }

    private Dictionary<string, object?> Limits()
    {
        var limits = new Dictionary<string, object?>();
        if (settings.MaxLen is { } length)
        {
            limits["x-max-length"] = length;
        }

        if (settings.MaxLenBytes is { } bytes)
        {
            limits["x-max-length-bytes"] = bytes;
        }

        return limits;
    }
}
