using System.Globalization;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>That an asset began to match a saved search. Saved with the change of the asset, so there is one for a search and a version.</summary>
internal sealed class SavedSearchMatchDocument
{
    public static readonly DocumentType<SavedSearchMatchDocument> Type = new DocumentType<SavedSearchMatchDocument>("saved_search_matches", d => d.Id)
        .Index("search", d => d.SearchId)
        .Index("time", d => d.Time)
        .Index("order", d => d.EntryId);

    public required string Id { get; init; }

    public required string SearchId { get; init; }

    public required string AssetId { get; init; }

    /// <summary>The version of the asset.</summary>
    public required long Version { get; init; }

    /// <summary>UUIDv7: names the entry in the feed for good, and orders the matches.</summary>
    public required string EntryId { get; init; }

    /// <summary>In Unix milliseconds.</summary>
    public required long Time { get; init; }

    public static string IdOf(string searchId, string assetId, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{searchId}/{assetId}/{version}");
}
