using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Import;

/// <summary>On what terms the records of one document are taken in.</summary>
internal class IntakeTerms
{
    private readonly HashSet<string> _seen = [];

    /// <summary>The organisation that keeps the data.</summary>
    public required string Holder { get; init; }

    /// <summary>Who does it, for the history; null when the catalogue does it by itself.</summary>
    public Caller? By { get; init; }

    /// <summary>Categories of records that name none (DCAT-AP has no word for it and HealthDCAT-AP requires one).</summary>
    public IReadOnlyList<string> HealthCategories { get; init; } = [];

    /// <summary>Whether nothing is to be changed.</summary>
    public bool ValidateOnly { get; init; }

    /// <summary>Whether no other record of the document had this identifier.</summary>
    public bool IsFirst(string identifier) => _seen.Add(identifier);

    public virtual void Assume(DataAsset asset)
    {
        if (asset.HealthCategories.Count == 0)
        {
            asset.HealthCategories.AddRange(HealthCategories);
        }

        if (!asset.HasHasStructuredData && asset.Variables.Count == 0)
        {
            asset.HasStructuredData = false;
        }
    }

    /// <summary>Why an asset that is known may not be changed; null when it may.</summary>
    public virtual Task<string?> RefusalToChangeAsync(IDocumentSession session, DataAssetDocument known, CancellationToken ct) => Task.FromResult(
        known.Asset.State == PublicationState.Withdrawn
            ? "The data set was withdrawn here, and that is final, because others were told so. If it is offered again, import it under another identifier."
            : null);

    /// <summary>The state of a known asset that is found again.</summary>
    public virtual PublicationState StateOf(PublicationState known) => known;

    /// <summary>What is to be kept together with a new asset, in the same transaction.</summary>
    public virtual void OnCreate(IDocumentSession session, string assetId, string source)
    {
    }
}
