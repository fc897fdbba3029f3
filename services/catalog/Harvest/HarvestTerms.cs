using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.History;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Harvest;

/// <summary>The terms of a harvest: an asset belongs to the source that brought it, and to nobody's source when its holder registered it.</summary>
internal sealed class HarvestTerms(string sourceId) : IntakeTerms
{
    public override async Task<string?> RefusalToChangeAsync(IDocumentSession session, DataAssetDocument known, CancellationToken ct) =>
        await session.LoadAsync<HarvestedRecordDocument>(known.Id, ct) switch
        {
            null => "Its holder registered this data set here; what a holder wrote is not overwritten by a harvest.",
            { SourceId: var owner } when owner != sourceId => $"The data set belongs to another source ({owner}).",
            _ when known.Asset.State == PublicationState.Withdrawn && !await WasMissedAsync(session, known, ct) =>
                "People withdrew the data set here, and their word counts; a harvest does not bring it back.",
            _ => null,
        };

    /// <summary>Whether the catalogue itself withdrew it, because its source did not list it; nothing changes after a withdrawal, so that was the last change.</summary>
    private static async Task<bool> WasMissedAsync(IDocumentSession session, DataAssetDocument withdrawn, CancellationToken ct) =>
        await session.LoadAsync<DataAssetChangeDocument>(DataAssetChangeDocument.IdOf(withdrawn.Id, withdrawn.Version), ct) is { Change.Subject: "" };

    public override void OnCreate(IDocumentSession session, string assetId, string source) => session.Store(new HarvestedRecordDocument
    {
        AssetId = assetId,
        SourceId = sourceId,
        Record = HarvestedRecordDocument.NameOf(source),
    });

    /// <summary>What was withdrawn because it was missing is there again.</summary>
    public override PublicationState StateOf(PublicationState known) => known == PublicationState.Withdrawn ? PublicationState.Published : known;
}
