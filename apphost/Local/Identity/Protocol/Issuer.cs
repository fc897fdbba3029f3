using Ecosystem.AppHost.Local.Identity.Realms;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ecosystem.AppHost.Local.Identity.Protocol;

/// <summary>
/// The name under which tokens are issued. It is fixed by the listen address and never taken from a request, so that nobody can
/// have tokens issued in another name by sending another Host header.
/// </summary>
internal sealed class Issuer(IServer server, IdentityOptions options, Realm realm)
{
    private readonly Lazy<string> _address = new(() =>
    {
        // A port chosen by the system is known only once the server listens.
        var address = options.ListenAddress.Port != 0
            ? options.ListenAddress.ToString()
            : server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return address.TrimEnd('/');
    });

    public string Address => _address.Value;

    /// <summary><c>iss</c>: <c>{address}/realms/{realm}</c>.</summary>
    public string Name => $"{Address}/realms/{realm.Name}";

    public string Endpoint(string name) => $"{Name}/protocol/openid-connect/{name}";
}
