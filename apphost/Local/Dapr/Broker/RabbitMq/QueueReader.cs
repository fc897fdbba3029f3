using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>Reads one queue on a channel of its own. When the channel ends, what was not acknowledged is the broker's again.</summary>
internal sealed class QueueReader(IConnection connection, RabbitMqSettings settings, string queue)
{
    /// <summary>What Dapr's "as many as there are" means here: memory has an end.</summary>
    private const ushort Most = 1000;

    public async Task ReadAsync(Consumer consumer, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1), ct);
        var prefetch = Math.Max(settings.PrefetchCount == 0 ? Most : settings.PrefetchCount, (ushort)Math.Min(consumer.Batch, Most));
        await channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, ct);

        var arrived = Channel.CreateBounded<QueuedMessage>(new BoundedChannelOptions(prefetch) { SingleReader = true, SingleWriter = true });
        var reading = new AsyncEventingBasicConsumer(channel);
        reading.ReceivedAsync += async (_, e) =>
            await arrived.Writer.WriteAsync(new QueuedMessage(channel, settings, (long)e.DeliveryTag, e.Body.ToArray()), ct);
        reading.UnregisteredAsync += (_, _) => End($"the broker ended the reading of {queue}");
        channel.ChannelShutdownAsync += (_, e) => End(e.ReplyText);
        await channel.BasicConsumeAsync(queue, settings.AutoAck, consumerTag: queue, reading, ct);

        await foreach (var message in arrived.Reader.ReadAllAsync(ct))
        {
            await consumer.TakeAsync(message, ct);
        }

        Task End(string reason)
        {
            arrived.Writer.TryComplete(new BrokerException(reason));
            return Task.CompletedTask;
        }
    }

    private sealed record QueuedMessage(IChannel Channel, RabbitMqSettings Settings, long Tag, ReadOnlyMemory<byte> Body) : BrokerMessage(Tag, Body, Expires: null)
    {
        public override async ValueTask AcknowledgeAsync(CancellationToken ct)
        {
            if (!Settings.AutoAck)
            {
                await TellAsync(() => Channel.BasicAckAsync((ulong)Tag, multiple: false, ct), ct);
            }
        }

        /// <summary>With <c>requeueInFailure</c> it is offered again from here, before those behind it; else the broker dead-letters or forgets it.</summary>
        public override async ValueTask<bool> GiveBackAsync(CancellationToken ct)
        {
            if (!Settings.RequeueInFailure && !Settings.AutoAck)
            {
                await TellAsync(() => Channel.BasicNackAsync((ulong)Tag, multiple: false, requeue: false, ct), ct);
            }

            return !Settings.RequeueInFailure;
        }

        private static async Task TellAsync(Func<ValueTask> tell, CancellationToken ct)
        {
            try
            {
                await tell();
            }
            catch (Exception e) when (RabbitMqLink.IsTheBroker(e, ct))
            {
                // The message is the broker's again and comes a second time: at least once.
                throw RabbitMqLink.Explain(e);
            }
        }
    }
}
