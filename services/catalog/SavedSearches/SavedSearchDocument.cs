using System.Globalization;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>A saved search as it is kept. Its etag is the store's and is filled in when it leaves.</summary>
internal sealed class SavedSearchDocument
{
    public static readonly DocumentType<SavedSearchDocument> Type = new DocumentType<SavedSearchDocument>("saved_searches", d => d.Id)
        .Index("registered", d => d.Id) // UUIDv7: the order of identifiers is the order of registration
        .Index("owner", d => d.Search.OwnerId)
        .Index("changed", d => d.Search.UpdateTime.Milliseconds())
        .Unique("place", d => string.Create(CultureInfo.InvariantCulture, $"{d.Search.OwnerId} {d.Place}"));

    public required string Id { get; init; }

    public required SavedSearch Search { get; set; }

    /// <summary>Which of its owner's places it takes, from 0. There are only so many, whichever copies of the service are asked at once.</summary>
    public required int Place { get; init; }

    /// <summary>Rises by one with every change.</summary>
    public long Version { get; set; }
}
