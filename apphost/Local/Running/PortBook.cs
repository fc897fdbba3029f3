using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>
/// Hands out ports. Free ones come from below the range that systems take for outgoing connections, so that nobody takes the port of a
/// service while it restarts, and are remembered per state directory, so that addresses stay the same from one run to the next.
/// </summary>
internal sealed class PortBook(string file)
{
    private const int First = 20000;
    private const int Last = 32000;
    private const int Stride = 64;
    private static int _books;
    private readonly int _start = (Environment.ProcessId * 97 + Interlocked.Add(ref _books, Stride)) % (Last - First);
    private readonly Dictionary<string, int> _remembered = JsonFile.Read<Dictionary<string, int>>(file) ?? [];
    private readonly HashSet<int> _taken = [];

    public int Free(string use)
    {
        if (_remembered.TryGetValue(use, out var last) && IsFree(last) && _taken.Add(last))
        {
            return last;
        }

        for (var i = 0; i < Last - First; i++)
        {
            var port = First + ((_start + i) % (Last - First));
            if (!_taken.Contains(port) && IsFree(port))
            {
                _taken.Add(port);
                _remembered[use] = port;
                return port;
            }
        }

        throw new DistributedApplicationException($"No free port between {First} and {Last} for {use}.");
    }

    public int Fixed(int port, string use, string setting)
    {
        if (!IsFree(port) || !_taken.Add(port))
        {
            throw new DistributedApplicationException(
                $"Port {port} is already taken, and {use} wants it. Stop the program that has it, or choose another port with {setting} (0 takes a free one).");
        }

        return port;
    }

    public void Save() => JsonFile.Write(file, _remembered);

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            // A machine without this address family's loopback cannot have the port taken there.
            return true;
        }
    }
}
