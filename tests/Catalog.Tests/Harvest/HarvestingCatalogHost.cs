using Microsoft.AspNetCore.Hosting;

namespace Ecosystem.Catalog.Tests.Harvest;

/// <summary>A catalogue that may read loopback, is in no hurry by itself, and has little patience.</summary>
public sealed class HarvestingCatalogHost : CatalogHost
{
    protected override void Configure(IWebHostBuilder host)
    {
        host.UseSetting("Catalog:Harvest:AllowPrivateAddresses", "true");
        host.UseSetting("Catalog:Harvest:Enabled", "false");
        host.UseSetting("Catalog:Harvest:Delay", "00:00:00");
        host.UseSetting("Catalog:Harvest:PageTimeout", "00:00:02");
        host.UseSetting("Catalog:Harvest:MaxPageBytes", "100000");
    }

    internal V1.HarvestService.HarvestServiceClient Harvests(string? token) => new(Invoker(token));
}
