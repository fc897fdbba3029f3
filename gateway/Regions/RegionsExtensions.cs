namespace Ecosystem.Gateway.Regions;

internal static class RegionsExtensions
{
    public static void AddRegions(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<KnownRegions>();
        builder.Services.AddSingleton<RegionConnections>();
        builder.Services.AddSingleton<ReadElsewhere>();
    }
}
