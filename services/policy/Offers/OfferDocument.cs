using Ecosystem.Storage;

namespace Ecosystem.Policy.Offers;

/// <summary>What this service knows of a data asset's terms: copied from the catalogue's events, never asked for.</summary>
internal sealed class OfferDocument
{
    public static readonly DocumentType<OfferDocument> Type = new("offers", offer => offer.DataAssetId);

    public required string DataAssetId { get; init; }

    public required string HolderId { get; init; }

    public required string HolderName { get; init; }

    /// <summary>The holder's own name for the asset, which the terms may use for their target.</summary>
    public required string Identifier { get; init; }

    /// <summary>Null when the asset has no terms, or none any more.</summary>
    public OfferedTerms? Terms { get; init; }

    /// <summary>The catalogue's count of changes; what is older than this is ignored.</summary>
    public required long Version { get; init; }
}

internal sealed record OfferedTerms(string OfferId, string PolicyJson, string PolicySha256);
