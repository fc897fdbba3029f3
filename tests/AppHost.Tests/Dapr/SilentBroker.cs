using System.Net;
using System.Net.Sockets;

namespace Ecosystem.AppHost.Tests.Dapr;

/// <summary>
/// A way to a broker on which the first connections open and then hear nothing more, as with a broker that is overloaded. Those that come later are
/// answered.
/// </summary>
internal sealed class SilentBroker : IAsyncDisposable
{
    // Class and method of AMQP 0-9-1: the server has opened the connection; the client asks for a channel.
    private static readonly byte[] ConnectionOpenOk = [0, 10, 0, 41];
    private static readonly byte[] ChannelOpen = [0, 20, 0, 10];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _silence = new();
    private readonly Uri _broker;
    private readonly int _silent;
    private readonly Task _accepting;
    private readonly List<Task> _relaying = [];
    private int _unanswered;

    /// <param name="silent">How many connections hear nothing.</param>
    public SilentBroker(Uri broker, int silent)
    {
        _broker = broker;
        _silent = silent;
        _listener.Start();
        Address = new UriBuilder(broker) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>How often a channel was asked for in vain.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Ends the connections that hear nothing.</summary>
    public Task EndSilenceAsync() => _silence.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _silence.CancelAsync();
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_relaying);
        _silence.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _relaying.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), isSilent: _relaying.Count < _silent));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client, bool isSilent)
    {
        using var server = new TcpClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, isSilent ? _silence.Token : default);
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _broker.Port, ended.Token);
                var asks = PassAsync(client.GetStream(), server.GetStream(), isSilent ? CountUnanswered : _ => true, ended.Token);
                var answers = PassAsync(server.GetStream(), client.GetStream(), answer => !isSilent || answer.IndexOf(ConnectionOpenOk) < 0, ended.Token);
                await Task.WhenAny(asks, answers);
                await ended.CancelAsync();
                await Task.WhenAll(asks, answers);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One side has ended, or the test is over.
            }
        }
    }

    private bool CountUnanswered(ReadOnlySpan<byte> asked)
    {
        if (asked.IndexOf(ChannelOpen) >= 0)
            Interlocked.Increment(ref _unanswered);
        return true;
    }

    /// <summary>Passes on what comes; once <paramref name="goesOn"/> has said no to something, that was the last.</summary>
    private static async Task PassAsync(NetworkStream from, NetworkStream to, GoesOn goesOn, CancellationToken ct)
    {
        var passes = true;
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (!passes)
                continue;

            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            passes = goesOn(buffer.AsSpan(0, read));
        }
    }

    private delegate bool GoesOn(ReadOnlySpan<byte> bytes);
}
