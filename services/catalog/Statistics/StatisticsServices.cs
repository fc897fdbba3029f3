namespace Ecosystem.Catalog.Statistics;

internal static class StatisticsServices
{
    public static void AddStatistics(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueFigures>();
        services.AddSingleton<GetStatistics>();
        services.AddSingleton<StatisticsPage>();
        services.AddSingleton<CountCatalogue>();
        services.AddHostedService(provider => provider.GetRequiredService<CountCatalogue>());
    }
}
