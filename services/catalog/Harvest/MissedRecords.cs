using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Harvest;

/// <summary>Counts how often a data set of a source was not found, and withdraws it only when that was too often.</summary>
internal sealed class MissedRecords(IDocumentStore store, DataAssetRegister register)
{
    public async Task<bool> HasAnyAsync(string sourceId, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return (await session.QueryAsync(DocumentQuery.For(HarvestedRecordDocument.Type).Where("source", sourceId).Page(1).WithoutTotal(), ct)).Items.Count > 0;
    }

    /// <param name="source">The source.</param>
    /// <param name="found">What was found, as <see cref="HarvestedRecordDocument.NameOf"/> writes it.</param>
    /// <param name="run">The report.</param>
    /// <param name="ct">Stops it.</param>
    public async Task CountAsync(HarvestSource source, IReadOnlySet<string> found, HarvestRun run, CancellationToken ct)
    {
        var changed = new List<string>();
        await using (IDocumentSession session = store.OpenSession())
        {
            await foreach (HarvestedRecordDocument record in session.StreamAsync(DocumentQuery.For(HarvestedRecordDocument.Type).Where("source", source.Id), ct))
            {
                if (!found.Contains(record.Record) || record.Misses > 0)
                {
                    changed.Add(record.AssetId);
                }
            }
        }

        foreach (string assetId in changed)
        {
            await CountOneAsync(source, assetId, found, run, ct);
        }
    }

    private async Task CountOneAsync(HarvestSource source, string assetId, IReadOnlySet<string> found, HarvestRun run, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        if (await session.LoadAsync<HarvestedRecordDocument>(assetId, ct) is not { } record)
        {
            return;
        }

        record.Misses = found.Contains(record.Record) ? 0 : record.Misses + 1;
        session.Store(record);
        DataAssetDocument? asset = await session.LoadAsync<DataAssetDocument>(assetId, ct);
        if (asset is null)
        {
            session.Delete<HarvestedRecordDocument>(assetId);
        }
        else if (record.Misses >= source.MissesUntilWithdrawn && asset.Asset.State != PublicationState.Withdrawn)
        {
            Withdraw(source, asset, record.Misses);
            await register.SaveAsync(session, new AssetChange(asset, By: null), ct);
            run.Withdrawn++;
            return;
        }
        else if (record.Misses > 0 && asset.Asset.State != PublicationState.Withdrawn)
        {
            run.Missed++;
        }

        await session.SaveChangesAsync(ct);
    }

    private static void Withdraw(HarvestSource source, DataAssetDocument document, int misses)
    {
        DataAsset asset = document.Asset.Clone();
        asset.State = PublicationState.Withdrawn;
        asset.StateReason = new()
        {
            Values =
            {
                ["en"] = $"The source '{source.Name}' has not listed it any more, {misses} times in a row.",
                ["de"] = $"Die Quelle '{source.Name}' führt ihn nicht mehr, {misses} Mal in Folge.",
            },
        };
        document.Become(asset);
    }
}
