using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.SavedSearches.Matching;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.SavedSearches;

internal static class SavedSearchServices
{
    public static void AddSavedSearches(this IServiceCollection services)
    {
        services.AddOptions<SavedSearchOptions>().BindConfiguration(SavedSearchOptions.Section)
            .Validate(o => o.MostPerPerson is > 0 and <= 1_000, $"{SavedSearchOptions.Section}:MostPerPerson must be 1 to 1000.")
            .Validate(o => o.KeepMatchesFor > TimeSpan.Zero, $"{SavedSearchOptions.Section}:KeepMatchesFor must be above zero.")
            .ValidateOnStart();
        services.AddSingleton<WatchedSearches>();
        services.AddSingleton<TellSavedSearches>();
        services.AddSingleton<SavedSearchRegister>();
        services.AddSingleton<FindSavedSearchMatches>();
        services.AddForgetting(provider => new ShortLived<SavedSearchMatchDocument>(
            SavedSearchMatchDocument.Type, "time", d => d.Id, provider.GetRequiredService<IOptions<SavedSearchOptions>>().Value.KeepMatchesFor));
        services.AddFollowing<SavedSearchDocument, WatchedSearches>(SavedSearchDocument.Type, (watched, documents) => watched.Put(documents), (watched, id) => watched.Remove(id));
    }
}
