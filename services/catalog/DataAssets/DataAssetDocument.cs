using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A data asset as it is kept. Its etag is the store's and is filled in when the asset leaves.</summary>
internal sealed class DataAssetDocument
{
    /// <summary>Stands for everybody in <see cref="VisibleTo"/>.</summary>
    public const string Everybody = "*";

    public static readonly DocumentType<DataAssetDocument> Type = new DocumentType<DataAssetDocument>("data_assets", d => d.Id)
        .Index("registered", d => d.Id) // UUIDv7: the order of identifiers is the order of registration
        .Index("holder", d => d.Asset.Holder.Id)
        .IndexMany("visible_to", d => d.VisibleTo())
        .Unique("identifier", d => IdentifierKey(d.Asset.Holder.Id, d.Asset.Identifier));

    public required string Id { get; init; }

    public required DataAsset Asset { get; set; }

    /// <summary>Rises by one with every change; consumers of the events order by it.</summary>
    public long Version { get; set; }

    /// <summary>The identifier is unique per holder, not in the whole catalogue.</summary>
    public static string IdentifierKey(string holder, string identifier) => $"{holder} {identifier}";

    public IEnumerable<string> VisibleTo() => [Asset.State == PublicationState.Draft ? Asset.Holder.Id : Everybody];
}
