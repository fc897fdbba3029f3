using System.Collections.Concurrent;
using System.Globalization;
using RabbitMQ.Client;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>All publishing on one connection. Before the first message goes out, every queue that is known to want it is there.</summary>
internal sealed class PublishingSession : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly ConfirmedChannel _channel;
    private readonly RabbitMqSettings _settings;
    private readonly QueueTopology _topology;
    private readonly IReadOnlyCollection<string> _apps;
    private readonly TopicBook _book;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Task> _prepared = new(StringComparer.Ordinal);

    private PublishingSession(
        IConnection connection, ConfirmedChannel channel, RabbitMqSettings settings, IReadOnlyCollection<string> apps, TopicBook book, TimeProvider time)
    {
        _connection = connection;
        _channel = channel;
        _settings = settings;
        _topology = new QueueTopology(settings);
        _apps = apps;
        _book = book;
        _time = time;
    }

    public static async Task<PublishingSession> OpenAsync(
        IConnection connection, RabbitMqSettings settings, IReadOnlyCollection<string> apps, TopicBook book, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        var unwanted = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var confirmed = await ConfirmedChannel.OpenAsync(connection, settings.PublisherConfirm, ReportUnwanted, time, ct);
        var session = new PublishingSession(connection, confirmed, settings, apps, book, time);
        foreach (var app in apps)
        {
            if (book.Of(app) is { } told)
            {
                await session.BindAsync(await session.DeclareAsync(app, told, ct), told, ct);
            }
            else
            {
                await session.OnChannelAsync(channel => EarlyQueue.DeclareAsync(channel, app, ct), ct);
            }
        }

        return session;

        void ReportUnwanted(string topic)
        {
            if (unwanted.TryAdd(topic, true))
            {
                logger.LogInformation("Nobody subscribes to {Topic}: what is published there is forgotten, as Dapr does it.", topic);
            }
        }
    }

    public async Task PublishAsync(string topic, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        await PrepareAsync(topic, ct);
        await _channel.PublishAsync([.. messages.Select(m => new Publishing(topic, m.Metadata.GetValueOrDefault("routingKey") ?? "", Properties(m), m.Payload))], ct);
    }

    /// <summary>Gives an app its queues. Nothing may be published here meanwhile.</summary>
    public async Task SetTopicsAsync(string appId, IReadOnlyCollection<ConsumedTopic> topics, CancellationToken ct)
    {
        var before = _book.Of(appId);
        var queues = await DeclareAsync(appId, topics, ct);
        if (before is null)
        {
            await OnChannelAsync(channel => EarlyQueue.EmptyIntoAsync(channel, _channel, appId, queues, ct), ct);
        }

        await BindAsync(queues, topics, ct);
        if (before is null)
        {
            // Once more for what others published before the queues were bound. What they published after is there twice, in order.
            await OnChannelAsync(channel => EarlyQueue.EmptyIntoAsync(channel, _channel, appId, queues, ct), ct);
            await OnChannelAsync(channel => EarlyQueue.RemoveAsync(channel, appId, ct), ct);
        }

        foreach (var left in (before ?? []).Where(b => topics.All(t => t.Topic != b.Topic)))
        {
            await OnChannelAsync(channel => LeaveAsync(channel, _settings.QueueOf(appId, left), left, ct), ct);
        }

        _book.Write(appId, topics);
        _prepared.Clear();
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task<Dictionary<string, string>> DeclareAsync(string appId, IEnumerable<ConsumedTopic> topics, CancellationToken ct)
    {
        var queues = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var topic in topics)
        {
            await OnChannelAsync(async channel => queues[topic.Topic] = await _topology.DeclareQueueAsync(channel, appId, topic, ct), ct);
        }

        return queues;
    }

    private async Task BindAsync(Dictionary<string, string> queues, IEnumerable<ConsumedTopic> topics, CancellationToken ct)
    {
        foreach (var topic in topics)
        {
            await OnChannelAsync(channel => QueueTopology.BindAsync(channel, queues[topic.Topic], topic, ct), ct);
        }
    }

    /// <summary>A topic that is left fills no queue any more; what is still in there stays for another that reads it.</summary>
    private static async Task LeaveAsync(IChannel channel, string queue, ConsumedTopic left, CancellationToken ct)
    {
        foreach (var key in (left.Metadata.GetValueOrDefault("routingKey") ?? "").Split(','))
        {
            await channel.QueueUnbindAsync(queue, left.Topic, key, cancellationToken: ct);
        }
    }

    private async Task PrepareAsync(string topic, CancellationToken ct)
    {
        var preparing = _prepared.GetOrAdd(topic, _ => OnChannelAsync(
            async channel =>
            {
                await _topology.DeclareTopicAsync(channel, topic, CancellationToken.None);
                foreach (var app in _apps.Where(app => _book.Of(app) is null))
                {
                    await EarlyQueue.BindAsync(channel, app, topic, _settings.ExchangeKind, CancellationToken.None);
                }
            },
            CancellationToken.None));
        try
        {
            await preparing.WaitAsync(ct);
        }
        catch (BrokerException)
        {
            _prepared.TryRemove(KeyValuePair.Create(topic, preparing));
            throw;
        }
    }

    /// <summary>On a channel of its own: what the broker refuses ends the channel.</summary>
    private async Task OnChannelAsync(Func<IChannel, Task> declare, CancellationToken ct)
    {
        try
        {
            await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
            await declare(channel);
        }
        catch (Exception e) when (RabbitMqLink.IsTheBroker(e, ct))
        {
            throw RabbitMqLink.Explain(e);
        }
    }

    private BasicProperties Properties(NewMessage message)
    {
        var life = message.Expires - _time.GetUtcNow() ?? _settings.TimeToLive;
        var properties = new BasicProperties
        {
            ContentType = "text/plain",
            Persistent = _settings.Persistent,
            Expiration = life is { } left ? Math.Max(1, (long)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : null,
        };
        if (byte.TryParse(message.Metadata.GetValueOrDefault("priority"), CultureInfo.InvariantCulture, out var priority))
        {
            properties.Priority = priority;
        }

        return properties;
    }
}
