namespace Ecosystem.Catalog.SavedSearches;

/// <summary>How many searches people keep, and how long matches stay (section <c>Catalog:SavedSearches</c>).</summary>
internal sealed class SavedSearchOptions
{
    public const string Section = "Catalog:SavedSearches";

    /// <summary>How many one person may keep.</summary>
    public int MostPerPerson { get; init; } = 50;

    /// <summary>After how long a match is forgotten.</summary>
    public TimeSpan KeepMatchesFor { get; init; } = TimeSpan.FromDays(90);
}
