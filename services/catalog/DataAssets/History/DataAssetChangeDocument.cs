using System.Globalization;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.History;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets.History;

/// <summary>One change of an asset, kept with the change itself and never altered.</summary>
internal sealed class DataAssetChangeDocument
{
    public static readonly DocumentType<DataAssetChangeDocument> Type = new DocumentType<DataAssetChangeDocument>("data_asset_changes", d => d.Id)
        .Index("asset", d => d.AssetId)
        .Index("count", d => d.Change.Version);

    private static readonly FieldChanges<DataAsset> Fields = new(DataAssetRules.Settable.Concat(["offer", "state_reason"]).ToHashSet(StringComparer.Ordinal));

    public required string Id { get; init; }

    public required string AssetId { get; init; }

    public required DataAssetChange Change { get; init; }

    public static DataAssetChangeDocument Of(DataAssetDocument document, DataAsset? before, Caller? by, LocalizedText? reason = null)
    {
        DataAsset after = document.Asset;
        return new DataAssetChangeDocument
        {
            Id = IdOf(document.Id, document.Version),
            AssetId = document.Id,
            Change = new DataAssetChange
            {
                Version = document.Version,
                Time = after.UpdateTime,
                OrganisationId = by?.Organisation ?? string.Empty,
                Subject = by?.Subject ?? string.Empty,
                State = after.State,
                Reason = reason ?? (before?.State == after.State ? null : after.StateReason),
                Fields = { Fields.Between(before, after) },
            },
        };
    }

    public static string IdOf(string assetId, long version) => $"{assetId}/{version.ToString(CultureInfo.InvariantCulture)}";
}
