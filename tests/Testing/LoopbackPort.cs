using System.Net;
using System.Net.Sockets;

namespace Ecosystem.Testing;

/// <summary>
/// Ports for processes that tests start. They come from below the range that systems take for outgoing connections, so that no connection
/// takes the port of a process before it starts or while it starts again; and none is given out twice soon.
/// </summary>
public static class LoopbackPort
{
    private const int First = 12_000;
    private const int Count = 8_000; // above them are the ports of the apphost
    private static int _next = Environment.ProcessId * 97 % Count;

    /// <summary>A port on loopback that nobody has now.</summary>
    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public static int Free()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
