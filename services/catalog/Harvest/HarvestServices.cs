using Ecosystem.Catalog.Harvest.Reading;

namespace Ecosystem.Catalog.Harvest;

internal static class HarvestServices
{
    public static void AddHarvest(this IServiceCollection services)
    {
        services.AddOptions<HarvestOptions>().BindConfiguration(HarvestOptions.Section)
            .Validate(o => o.LookEvery >= TimeSpan.FromSeconds(1), $"{HarvestOptions.Section}:LookEvery must be a second at least.")
            .Validate(o => o.PageTimeout > TimeSpan.Zero && o.PageTimeout <= TimeSpan.FromMinutes(10), $"{HarvestOptions.Section}:PageTimeout must be above zero and ten minutes at most.")
            .Validate(o => o.Delay >= TimeSpan.Zero && o.Delay <= TimeSpan.FromMinutes(1), $"{HarvestOptions.Section}:Delay must be a minute at most.")
            .Validate(o => o.MaxPageBytes > 0 && o.MaxPages > 0 && o.MaxRecords > 0, $"{HarvestOptions.Section}: MaxPageBytes, MaxPages and MaxRecords must be above zero.")
            .ValidateOnStart();
        services.AddSingleton<HarvestSources>();
        services.AddSingleton<PoliteClient>();
        services.AddSingleton<CatalogueReader>();
        services.AddSingleton<MissedRecords>();
        services.AddSingleton<Harvester>();
        services.AddSingleton<HarvestSchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<HarvestSchedule>());
    }
}
