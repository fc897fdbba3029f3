using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ecosystem.SystemTests;

/// <summary>Listens to topics on the broker as a stranger with a queue of his own would.</summary>
internal sealed class EventTap(IConnection connection) : IAsyncDisposable
{
    /// <summary>What has come so far, as JSON.</summary>
    public ConcurrentQueue<string> Envelopes { get; } = [];

    public static async Task<EventTap> OpenAsync(Uri broker, IReadOnlyList<string> topics)
    {
        var tap = new EventTap(await new ConnectionFactory { Uri = broker }.CreateConnectionAsync());
        await tap.ListenAsync(topics);
        return tap;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task ListenAsync(IReadOnlyList<string> topics)
    {
        var channel = await connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync();
        foreach (var topic in topics)
        {
            await channel.ExchangeDeclareAsync(topic, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, topic, "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            Envelopes.Enqueue(Encoding.UTF8.GetString(message.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }
}
