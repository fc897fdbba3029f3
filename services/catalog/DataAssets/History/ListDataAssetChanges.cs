using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets.History;

/// <summary>Holders, operators and auditors see who changed what.</summary>
internal sealed class ListDataAssetChanges(IDocumentStore store)
{
    public async Task<ListDataAssetChangesResponse> HandleAsync(ListDataAssetChangesRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.ThrowIfAny("The changes cannot be listed");

        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindAsync(session, request.Id, caller, ct);
        if (!caller.AnswersFor(document.Asset.Holder.Id) && !caller.Has("auditor"))
        {
            throw RichStatus.PermissionDenied("NOT_THE_HOLDER", $"Only {document.Asset.Holder.Name}, operators and auditors see who changed what.");
        }

        DocumentPage<DataAssetChangeDocument> page = await session.QueryAsync(
            DocumentQuery.For(DataAssetChangeDocument.Type).Where("asset", document.Id).OrderByDescending("count").Page(size, request.PageToken), ct);
        return new ListDataAssetChangesResponse
        {
            Changes = { page.Items.Select(d => d.Change) },
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }
}
