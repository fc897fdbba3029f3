using System.Net;
using System.Net.Sockets;

namespace Ecosystem.ServiceDefaults.Outgoing;

/// <summary>
/// Tells addresses of the public internet from all others. Where somebody outside chooses the address that a service asks, they must not learn by that
/// what answers inside the service's own network (server-side request forgery).
/// </summary>
public static class PublicAddresses
{
    // RFC 6890 and the registries of special-purpose addresses that it refers to.
    private static readonly IReadOnlyList<IPNetwork> Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is one of the public internet.</summary>
    /// <param name="address">The address.</param>
    public static bool Includes(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !Special.Any(network => network.Contains(plain));
    }

    /// <summary>
    /// Connects to a name or address. The name is resolved once and the connection goes to the addresses that were judged, so that a name cannot
    /// change its mind in between. For <see cref="System.Net.Http.SocketsHttpHandler.ConnectCallback"/>.
    /// </summary>
    /// <param name="target">Where to.</param>
    /// <param name="allowPrivate">Whether other addresses than public ones are allowed.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="PrivateAddressException">One of the addresses is not public.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        if (!allowPrivate && !addresses.All(Includes))
        {
            throw new PrivateAddressException(target.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address is not one that may be tried.</summary>
/// <param name="host">The name or address.</param>
public sealed class PrivateAddressException(string host) : IOException($"'{host}' is not on the public internet.");
