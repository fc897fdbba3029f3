using Ecosystem.Catalog.DataAssets.History;
using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.DataAssets.Life;

/// <summary>A holder throws a draft away. Nobody was told of it, so nothing has to be remembered.</summary>
internal sealed class DeleteDataAsset(IDocumentStore store, TimeProvider time, DataAssetIndex index)
{
    public async Task<Empty> HandleAsync(DeleteDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindOwnAsync(session, request.Id, caller, ct);
        if (document.Asset.State != PublicationState.Draft)
        {
            throw RichStatus.FailedPrecondition(
                "NOT_A_DRAFT",
                "Only drafts are deleted. Take a handed-in asset back first; withdraw a published one, so that those who rely on it learn why.");
        }

        session.Expect(document, request.Etag);
        session.Remove(DataAssetDocument.Type, document.Id, time.GetUtcNow());
        for (long version = 1; version <= document.Version; version++)
        {
            session.Delete<DataAssetChangeDocument>(DataAssetChangeDocument.IdOf(document.Id, version));
        }

        await session.SaveChangesAsync(ct);
        index.Remove(document.Id);
        return new Empty();
    }
}
