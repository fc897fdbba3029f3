using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Ecosystem.AppHost.Local.Running;

/// <summary>One process of a declared resource, with its addresses by endpoint, and <c>dapr</c> for its sidecar's.</summary>
internal sealed record Instance(IResource Resource, string Name, IReadOnlyDictionary<string, Uri> Addresses)
{
    public const string Dapr = "dapr";

    public Uri Http => Addresses.GetValueOrDefault("http")
        ?? throw new DistributedApplicationException($"{Name} declares no endpoint 'http' in Kestrel:Endpoints of its appsettings.json.");

    public int? DaprPort => Addresses.GetValueOrDefault(Dapr)?.Port;
}
