using Ecosystem.Catalog.Participants;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>A holder registers many data sets in one step.</summary>
internal sealed class BatchCreateDataAssets(IDocumentStore store, CreateDataAsset create, DataAssetRegister register)
{
    public async Task<BatchCreateDataAssetsResponse> HandleAsync(BatchCreateDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        var batch = new BatchedRequests("The data assets cannot be registered");
        batch.CheckCount(request.Requests.Count);
        await using IDocumentSession session = store.OpenSession();
        Organisation holder = await session.OrganisationAsync(caller.OrganisationOrRefuse(), ct);
        IReadOnlyList<DataAssetDocument> created = await batch.EachAsync(request.Requests, async single =>
        {
            AssetChange change = create.Prepare(single, holder.Clone(), caller);
            await register.StageAsync(session, change, ct);
            return change.Document;
        });
        return new BatchCreateDataAssetsResponse { DataAssets = { await BatchedRequests.SaveAsync(created, () => register.CommitAsync(session, created, ct)) } };
    }
}
