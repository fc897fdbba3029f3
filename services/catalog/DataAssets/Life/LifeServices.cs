using Ecosystem.Catalog.DataAssets.History;

namespace Ecosystem.Catalog.DataAssets.Life;

internal static class LifeServices
{
    private static readonly TimeSpan AYear = TimeSpan.FromDays(366);

    public static void AddDataAssetLife(this IServiceCollection services)
    {
        services.AddOptions<LifeOptions>().BindConfiguration(LifeOptions.Section)
            .Validate(o => o.CheckEvery > TimeSpan.Zero && o.CheckEvery <= AYear, $"{LifeOptions.Section}:CheckEvery must be above zero and a year at most (EHDS Art. 60).")
            .ValidateOnStart();
        services.AddSingleton<TransitionDataAsset>();
        services.AddSingleton<ConfirmDataAsset>();
        services.AddSingleton<DeleteDataAsset>();
        services.AddSingleton<ListDataAssetChanges>();
    }
}
