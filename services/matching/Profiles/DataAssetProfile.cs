using Ecosystem.Catalog.V1;
using Ecosystem.Matching.Standing;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Profiles;

/// <summary>What matching knows of a data asset: the catalogue's last word on it.</summary>
internal sealed class DataAssetProfile : IWaitsForMatching
{
    public static readonly DocumentType<DataAssetProfile> Type = new DocumentType<DataAssetProfile>("data_asset_profiles", profile => profile.Id)
        .Index("kept_at", profile => profile.KeptAt)
        .Index("waiting", profile => profile.WaitsSince)
        .Index("organisation", profile => profile.Asset.Holder?.Id ?? "");

    public required string Id { get; init; }

    /// <summary>The catalogue's count of changes; what is older is not applied.</summary>
    public required long Version { get; set; }

    /// <summary>When this service learnt of it, in Unix milliseconds.</summary>
    public required long KeptAt { get; set; }

    public long? WaitsSince { get; set; }

    public required DataAsset Asset { get; set; }
}
