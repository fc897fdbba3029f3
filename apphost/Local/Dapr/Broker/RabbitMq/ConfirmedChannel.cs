using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// A channel whose publishing ends with the broker's word that it has the message. Many may be on their way at once, but only so many:
/// who finds no room waits, and is refused when there is none for long.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private const int MostOnTheirWay = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly IChannel _channel;
    private readonly bool _confirms;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _room = new(MostOnTheirWay);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<Waiting> _waiting = [];
    private ulong _lastTag;

    private ConfirmedChannel(IChannel channel, bool confirms, TimeProvider time)
    {
        _channel = channel;
        _confirms = confirms;
        _time = time;
        channel.BasicAcksAsync += (_, e) => Settle(e.DeliveryTag, e.Multiple, problem: null);
        channel.BasicNacksAsync += (_, e) => Settle(e.DeliveryTag, e.Multiple, "the broker did not take the message");
        channel.ChannelShutdownAsync += (_, e) => Settle(ulong.MaxValue, multiple: true, $"the broker went away before it confirmed: {e.ReplyText}");
    }

    /// <param name="nobodyWants">Called with the exchange of a message that no queue wanted.</param>
    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, bool confirms, Action<string> nobodyWants, TimeProvider time, CancellationToken ct)
    {
        // The tracking of the client allows one publisher at a time and costs a task per message; a queue of tags does both.
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(confirms, publisherConfirmationTrackingEnabled: false), ct);
        channel.BasicReturnAsync += (_, e) =>
        {
            nobodyWants(e.Exchange);
            return Task.CompletedTask;
        };
        return new ConfirmedChannel(channel, confirms, time);
    }

    /// <summary>Publishes in the given order and returns when all are confirmed.</summary>
    /// <exception cref="BrokerException">Some are not.</exception>
    public async Task PublishAsync(IReadOnlyList<Publishing> messages, CancellationToken ct)
    {
        var confirmations = new List<Task>(messages.Count);
        try
        {
            if (!await _turn.WaitAsync(Patience, ct))
            {
                throw new BrokerException($"the broker has taken nothing for {Patience.TotalSeconds:0} seconds");
            }

            try
            {
                foreach (var message in messages)
                {
                    if (!await _room.WaitAsync(Patience, ct))
                    {
                        throw new BrokerException($"the broker has confirmed nothing for {Patience.TotalSeconds:0} seconds");
                    }

                    confirmations.Add(await SendAsync(message));
                }
            }
            finally
            {
                _turn.Release();
            }

            await Task.WhenAll(confirmations).WaitAsync(Patience, _time, ct);
        }
        catch (TimeoutException e)
        {
            throw new BrokerException($"the broker did not confirm within {Patience.TotalSeconds:0} seconds", e);
        }
        catch (Exception e) when (RabbitMqLink.IsTheBroker(e, ct))
        {
            throw RabbitMqLink.Explain(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        _room.Dispose();
        _turn.Dispose();
    }

    private async Task<Task> SendAsync(Publishing message)
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_confirms)
        {
            lock (_waiting)
            {
                _waiting.Enqueue(new Waiting(++_lastTag, confirmed));
            }
        }

        // Not cancellable: half a message on the wire would end the channel for all.
        await _channel.BasicPublishAsync(message.Exchange, message.RoutingKey, mandatory: true, message.Properties, message.Body, CancellationToken.None);
        if (!_confirms)
        {
            _room.Release();
            confirmed.SetResult();
        }

        return confirmed.Task;
    }

    /// <summary>Tags are confirmed in the order of publishing or nearly so; one that is overtaken is settled where it stands.</summary>
    private Task Settle(ulong tag, bool multiple, string? problem)
    {
        lock (_waiting)
        {
            while (_waiting.TryPeek(out var first) && (first.IsSettled || first.Tag == tag || (multiple && first.Tag < tag)))
            {
                Settle(_waiting.Dequeue(), problem);
            }

            if (!multiple && _waiting.FirstOrDefault(w => w.Tag == tag) is { } overtaken)
            {
                Settle(overtaken, problem);
            }
        }

        return Task.CompletedTask;
    }

    private void Settle(Waiting waiting, string? problem)
    {
        if (waiting.IsSettled)
        {
            return;
        }

        waiting.IsSettled = true;
        _room.Release();
        if (problem is null)
        {
            waiting.Confirmed.SetResult();
        }
        else
        {
            waiting.Confirmed.SetException(new BrokerException(problem));
            _ = waiting.Confirmed.Task.Exception; // whoever gave up waiting does not look any more
        }
    }

    private sealed class Waiting(ulong tag, TaskCompletionSource confirmed)
    {
        public ulong Tag { get; } = tag;

        public TaskCompletionSource Confirmed { get; } = confirmed;

        public bool IsSettled { get; set; }
    }
}

internal sealed record Publishing(string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body);
