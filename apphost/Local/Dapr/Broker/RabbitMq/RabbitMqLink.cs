using System.Net.Sockets;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ecosystem.AppHost.Local.Dapr.Broker.RabbitMq;

/// <summary>
/// One connection to the broker, made again after it is lost. The client's own recovery is off: it would hide from publishers and
/// readers that something may have been lost on the way.
/// </summary>
internal sealed class RabbitMqLink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConnectionFactory _factory;
    private readonly TimeSpan _longestPause;
    private readonly Func<IConnection, CancellationToken, Task> _prepareAsync;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _keeping;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<IConnection> _connected = New();
    private volatile string _lastProblem = "";
    private volatile string? _blocked;

    /// <param name="prepareAsync">What is to be done on a new connection before anyone else may use it.</param>
    public RabbitMqLink(RabbitMqSettings settings, string name, Func<IConnection, CancellationToken, Task> prepareAsync, TimeProvider time, ILogger logger)
    {
        _factory = new ConnectionFactory
        {
            Uri = settings.Address,
            ClientProvidedName = $"{settings.ClientName ?? "ecosystem"} {name}",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = settings.Heartbeat,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = Patience,
        };
        _longestPause = settings.ReconnectWait;
        _prepareAsync = prepareAsync;
        _time = time;
        _logger = logger;
        _keeping = Task.Run(() => KeepAsync(_stopping.Token));
    }

    /// <summary>Returns when there is a connection.</summary>
    public Task<IConnection> WhenConnectedAsync(CancellationToken ct) => _connected.Task.WaitAsync(ct);

    /// <summary>The connection there is; the first one is waited for until it has been tried once.</summary>
    /// <exception cref="BrokerException">There is none, or the broker takes nothing because it is short of memory or disk.</exception>
    public async Task<IConnection> NowAsync(CancellationToken ct)
    {
        await Task.WhenAny(_tried.Task, _connected.Task).WaitAsync(ct);
        if (_blocked is { } shortage)
        {
            throw new BrokerException($"the broker at {_factory.Endpoint.HostName}:{_factory.Endpoint.Port} takes no messages: {shortage}");
        }

        return _connected.Task is { IsCompletedSuccessfully: true } connected
            ? await connected
            : throw new BrokerException($"the broker at {_factory.Endpoint.HostName}:{_factory.Endpoint.Port} is away: {_lastProblem}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping;
        _stopping.Dispose();
    }

    /// <summary>Whether the exception says that the broker is away, refuses or does not answer, and not that this program is wrong or was asked to stop.</summary>
    /// <param name="ct">With which the program asks to stop. The client says "cancelled" of an answer that does not come as well: rabbitmq-dotnet-client issue 1867.</param>
    public static bool IsTheBroker(Exception e, CancellationToken ct) =>
        e is RabbitMQClientException or IOException or TimeoutException or SocketException or ChannelClosedException or ObjectDisposedException
        || (e is OperationCanceledException && !ct.IsCancellationRequested);

    /// <summary>What such an exception means to those who know nothing of the client.</summary>
    public static BrokerException Explain(Exception e) => new(
        e switch
        {
            OperationCanceledException => $"it has not answered for {Patience.TotalSeconds:0} seconds",
            ChannelClosedException or ObjectDisposedException => "the connection to it has ended",
            _ => e.InnerException?.Message ?? e.Message,
        },
        e);

    private async Task KeepAsync(CancellationToken ct)
    {
        var pause = FirstPause;
        try
        {
            while (true)
            {
                try
                {
                    await using var connection = await _factory.CreateConnectionAsync(ct);
                    await _prepareAsync(connection, ct);
                    pause = FirstPause;
                    await UseAsync(connection, ct);
                }
                catch (BrokerException e)
                {
                    Report(e.Message);
                }
                catch (Exception e) when (IsTheBroker(e, ct))
                {
                    Report(Explain(e).Message);
                }

                _tried.TrySetResult();
                await Task.Delay(pause, _time, ct);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The sidecar stops.
        }
        finally
        {
            _tried.TrySetResult();
        }
    }

    private async Task UseAsync(IConnection connection, CancellationToken ct)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            ended.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        connection.ConnectionBlockedAsync += (_, e) =>
        {
            _blocked = e.Reason;
            _logger.LogWarning("{Connection} is not served for the time being: {Reason}", _factory.ClientProvidedName, e.Reason);
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };
        if (!connection.IsOpen)
        {
            ended.TrySetResult(connection.CloseReason?.ReplyText ?? "closed");
        }

        _lastProblem = "";
        _connected.TrySetResult(connection);
        try
        {
            Report(await ended.Task.WaitAsync(ct));
        }
        finally
        {
            _connected = New();
            _blocked = null;
        }
    }

    private void Report(string problem)
    {
        if (_lastProblem != problem)
        {
            _lastProblem = problem;
            _logger.LogWarning("{Connection} has no broker at {Host}:{Port}: {Problem}. It is tried again.", _factory.ClientProvidedName, _factory.Endpoint.HostName, _factory.Endpoint.Port, problem);
        }
    }

    private static TaskCompletionSource<IConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
