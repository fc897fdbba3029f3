using RabbitMQ.Client;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// <c>pubsub.rabbitmq</c>. Publishing and reading have a connection each, because a broker short of memory stops those who publish and
/// must not stop those who would relieve it.
/// </summary>
internal sealed class RabbitMqBroker : IMessageBroker
{
    private readonly RabbitMqSettings _settings;
    private readonly QueueTopology _topology;
    private readonly IReadOnlyCollection<string> _apps;
    private readonly TopicBook _book;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PublishingPause _pause = new();
    private readonly RabbitMqLink _publishing;
    private readonly RabbitMqLink _reading;
    private PublishingSession? _session;

    /// <param name="file">Where it is kept which app wants which topics.</param>
    /// <param name="apps">All apps of the region that may use the component.</param>
    public RabbitMqBroker(RabbitMqSettings settings, string name, string file, IReadOnlyCollection<string> apps, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _topology = new QueueTopology(settings);
        _apps = apps;
        _book = new TopicBook(file);
        _time = time;
        _logger = logger;
        foreach (var danger in settings.Dangers())
        {
            logger.LogWarning("Component {Component} can lose messages: {Danger}", name, danger);
        }

        _publishing = new RabbitMqLink(settings, $"{name} publish", OpenSessionAsync, time, logger);
        _reading = new RabbitMqLink(settings, $"{name} subscribe", (_, _) => Task.CompletedTask, time, logger);
    }

    public async Task PublishAsync(string topic, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        await _publishing.NowAsync(ct);
        using (await _pause.EnterAsync(ct))
        {
            await _session!.PublishAsync(topic, messages, ct);
        }
    }

    public async Task SetTopicsAsync(string appId, IReadOnlyCollection<ConsumedTopic> topics, CancellationToken ct)
    {
        await _publishing.NowAsync(ct);
        using (await _pause.BeginAsync(ct))
        {
            await _session!.SetTopicsAsync(appId, topics, ct);
        }
    }

    public async Task ConsumeAsync(Consumer consumer, CancellationToken ct)
    {
        var connection = await _reading.WhenConnectedAsync(ct);
        try
        {
            string queue;
            await using (var channel = await connection.CreateChannelAsync(cancellationToken: ct))
            {
                queue = await _topology.DeclareQueueAsync(channel, consumer.AppId, consumer.Subject, ct);
                await QueueTopology.BindAsync(channel, queue, consumer.Subject, ct);
            }

            await new QueueReader(connection, _settings, queue).ReadAsync(consumer, ct);
        }
        catch (Exception e) when (RabbitMqLink.IsTheBroker(e, ct))
        {
            throw RabbitMqLink.Explain(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reading.DisposeAsync();
        await _publishing.DisposeAsync();
        _pause.Dispose();
    }

    private async Task OpenSessionAsync(IConnection connection, CancellationToken ct) =>
        _session = await PublishingSession.OpenAsync(connection, _settings, _apps, _book, _time, _logger, ct);
}
