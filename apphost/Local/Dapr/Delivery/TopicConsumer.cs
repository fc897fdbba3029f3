using System.Threading.Channels;
using Ecosystem.AppHost.Local.Dapr.Broker;
using Ecosystem.AppHost.Local.Dapr.Events;
using Ecosystem.AppHost.Local.Dapr.Resources;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Reads one topic for an app and decides what is delivered together, what after another, and what at the same time.</summary>
internal sealed class TopicConsumer(string appId, Subscription subscription, PubSubComponent component, MessageDelivery delivery)
{
    /// <summary>Returns or throws only when reading has ended and nothing is on its way any more.</summary>
    /// <exception cref="BrokerException">The broker is away; what was not acknowledged comes again.</exception>
    public Task RunAsync(CancellationToken ct) =>
        subscription.Batch is { } size ? RunBatchesAsync(size, ct)
        : component.IsParallel ? RunLanesAsync(ct)
        : ConsumeAsync((message, token) => new ValueTask(delivery.DeliverAsync([Read(message)], token)), ct);

    private Task ConsumeAsync(Func<BrokerMessage, CancellationToken, ValueTask> take, CancellationToken ct) =>
        component.Broker.ConsumeAsync(new Consumer(appId, subscription.Subject, subscription.Batch ?? 1, take), ct);

    private async Task RunLanesAsync(CancellationToken ct)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var lanes = new Lanes(broken);
        try
        {
            await ConsumeAsync(
                (message, token) =>
                {
                    var letter = Read(message);
                    lanes.Add(letter.Lane, () => delivery.DeliverAsync([letter], token));
                    return ValueTask.CompletedTask;
                },
                broken.Token);
        }
        finally
        {
            await broken.CancelAsync();
            await lanes.EndAsync();
        }
    }

    private async Task RunBatchesAsync(int size, CancellationToken ct)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var arrived = Channel.CreateBounded<BrokerMessage>(size);
        var delivering = DeliverBatchesAsync(arrived.Reader, size, broken);
        try
        {
            await ConsumeAsync((message, token) => arrived.Writer.WriteAsync(message, token), broken.Token);
        }
        catch (OperationCanceledException) when (delivering.IsFaulted)
        {
            // The delivery has the reason.
        }
        finally
        {
            await broken.CancelAsync();
            await delivering;
        }
    }

    private async Task DeliverBatchesAsync(ChannelReader<BrokerMessage> arrived, int size, CancellationTokenSource broken)
    {
        try
        {
            while (await arrived.WaitToReadAsync(broken.Token))
            {
                await delivery.DeliverAsync([.. (await BatchAsync(arrived, size, broken.Token)).Select(Read)], broken.Token);
            }
        }
        catch (OperationCanceledException) when (broken.IsCancellationRequested)
        {
            // Reading has ended. What was not acknowledged comes again.
        }
        catch
        {
            await broken.CancelAsync();
            throw;
        }
    }

    private async Task<List<BrokerMessage>> BatchAsync(ChannelReader<BrokerMessage> arrived, int size, CancellationToken ct)
    {
        var batch = new List<BrokerMessage>(size);
        using var linger = CancellationTokenSource.CreateLinkedTokenSource(ct);
        linger.CancelAfter(subscription.Linger);
        while (batch.Count < size)
        {
            if (arrived.TryRead(out var message))
            {
                batch.Add(message);
                continue;
            }

            try
            {
                if (subscription.Linger == TimeSpan.Zero || !await arrived.WaitToReadAsync(linger.Token))
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                break;
            }
        }

        return batch;
    }

    private Letter Read(BrokerMessage message)
    {
        var @event = subscription.Raw
            ? CloudEvents.WrapRaw(message.Payload.Span, subscription.Topic, subscription.PubSub)
            : CloudEvents.TryRead(message.Payload.Span);
        return new Letter(message, @event, @event is null ? null : subscription.PathFor(@event));
    }
}
