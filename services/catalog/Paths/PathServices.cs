namespace Ecosystem.Catalog.Paths;

internal static class PathServices
{
    private const int MostAtOnce = 64;

    public static void AddPaths(this IServiceCollection services)
    {
        services.AddOptions<ProbeOptions>().BindConfiguration(ProbeOptions.Section)
            .Validate(o => o.Every >= TimeSpan.FromMinutes(1), $"{ProbeOptions.Section}:Every must be a minute at least.")
            .Validate(o => o.Timeout > TimeSpan.Zero && o.Timeout <= TimeSpan.FromMinutes(1), $"{ProbeOptions.Section}:Timeout must be above zero and a minute at most.")
            .Validate(o => o.AtOnce is >= 1 and <= MostAtOnce, $"{ProbeOptions.Section}:AtOnce must lie between 1 and {MostAtOnce}.")
            .ValidateOnStart();
        services.AddSingleton<PathProbe>();
        services.AddSingleton<PathWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<PathWatch>());
    }
}
