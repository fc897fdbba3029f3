using System.Globalization;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A holder changes many descriptions in one step.</summary>
internal sealed class BatchUpdateDataAssets(IDocumentStore store, UpdateDataAsset update, DataAssetRegister register)
{
    private const string What = "The data assets cannot be changed";

    public async Task<BatchUpdateDataAssetsResponse> HandleAsync(BatchUpdateDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        var batch = new BatchedRequests(What);
        batch.CheckCount(request.Requests.Count);
        string[] ids = [.. request.Requests.Select(r => r.DataAsset?.Id ?? string.Empty)];
        RefuseTwice(ids);
        await using IDocumentSession session = store.OpenSession();
        await session.LoadManyAsync<DataAssetDocument>([.. ids.Where(id => id.Length > 0)], ct); // one question to the store instead of one each
        IReadOnlyList<DataAssetDocument> changed = await batch.EachAsync(request.Requests, async single =>
        {
            AssetChange change = await update.PrepareAsync(session, single, caller, ct);
            await register.StageAsync(session, change, ct);
            return change.Document;
        });
        return new BatchUpdateDataAssetsResponse { DataAssets = { await BatchedRequests.SaveAsync(changed, () => register.CommitAsync(session, changed, ct)) } };
    }

    /// <summary>Which of two changes counts would be a matter of chance.</summary>
    private static void RefuseTwice(string[] ids)
    {
        var violations = new Violations();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < ids.Length; i++)
        {
            violations.Unless(
                ids[i].Length == 0 || first.TryAdd(ids[i], i),
                string.Create(CultureInfo.InvariantCulture, $"requests[{i}].data_asset.id"),
                $"requests[{first.GetValueOrDefault(ids[i])}] changes the same asset. Put both changes into one request.",
                $"requests[{first.GetValueOrDefault(ids[i])}] ändert denselben Datenbestand. Fassen Sie beide Änderungen in einer Anfrage zusammen.");
        }

        violations.ThrowIfAny(What);
    }
}
