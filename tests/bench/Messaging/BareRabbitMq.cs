using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ecosystem.Bench.Messaging;

/// <summary>
/// The peer: the same payload through the same broker with nothing around it. Every publish awaits its confirm, on a channel of each
/// caller; the consumer acknowledges each message after handling it.
/// </summary>
internal sealed class BareRabbitMq : IAsyncDisposable
{
    private const string Queue = "bare";

    private readonly IConnection _connection;
    private readonly List<IChannel> _publishing = [];
    private readonly BasicProperties _persistent = new() { DeliveryMode = DeliveryModes.Persistent };
    private readonly byte[] _payload;
    private long _handled;

    private BareRabbitMq(IConnection connection, byte[] payload) => (_connection, _payload) = (connection, payload);

    public static async Task<BareRabbitMq> OpenAsync(Uri address, byte[] payload, int callers, ushort prefetch)
    {
        var bare = new BareRabbitMq(await new ConnectionFactory { Uri = address }.CreateConnectionAsync(), payload);
        for (var caller = 0; caller < callers; caller++)
            bare._publishing.Add(await bare._connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));

        var consuming = await bare._connection.CreateChannelAsync();
        await consuming.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
        await consuming.BasicQosAsync(0, prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await consuming.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            Interlocked.Increment(ref bare._handled);
        };
        await consuming.BasicConsumeAsync(Queue, autoAck: false, consumer);
        return bare;
    }

    public long Handled => Interlocked.Read(ref _handled);

    public async Task PublishAsync(int caller) =>
        await _publishing[caller].BasicPublishAsync("", Queue, mandatory: true, _persistent, _payload);

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
