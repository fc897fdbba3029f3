using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.History;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Export;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.Offers;
using Ecosystem.Catalog.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>The door of the data marketplace: each method is a use case in a file of its own.</summary>
internal sealed class DataMarketplace(
    CreateDataAsset create,
    UpdateDataAsset update,
    BatchCreateDataAssets batchCreate,
    BatchUpdateDataAssets batchUpdate,
    ValidateDataAsset validate,
    TransitionDataAsset transition,
    ConfirmDataAsset confirm,
    DeleteDataAsset delete,
    ListDataAssetChanges changes,
    FindDataAssets find,
    AttachOffer attach,
    ImportDataAssets import,
    ExportDataAssets export) : DataAssetService.DataAssetServiceBase
{
    public override Task<DataAsset> CreateDataAsset(CreateDataAssetRequest request, ServerCallContext context) =>
        create.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<BatchCreateDataAssetsResponse> BatchCreateDataAssets(BatchCreateDataAssetsRequest request, ServerCallContext context) =>
        batchCreate.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<BatchUpdateDataAssetsResponse> BatchUpdateDataAssets(BatchUpdateDataAssetsRequest request, ServerCallContext context) =>
        batchUpdate.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ValidateDataAssetResponse> ValidateDataAsset(ValidateDataAssetRequest request, ServerCallContext context) =>
        Task.FromResult(validate.Handle(request));

    public override Task<DataAsset> TransitionDataAsset(TransitionDataAssetRequest request, ServerCallContext context) =>
        transition.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<DataAsset> ConfirmDataAsset(ConfirmDataAssetRequest request, ServerCallContext context) =>
        confirm.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Empty> DeleteDataAsset(DeleteDataAssetRequest request, ServerCallContext context) =>
        delete.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ListDataAssetChangesResponse> ListDataAssetChanges(ListDataAssetChangesRequest request, ServerCallContext context) =>
        changes.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<DataAsset> GetDataAsset(GetDataAssetRequest request, ServerCallContext context) =>
        find.GetAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ListDataAssetsResponse> ListDataAssets(ListDataAssetsRequest request, ServerCallContext context) =>
        find.ListAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<SearchDataAssetsResponse> SearchDataAssets(SearchDataAssetsRequest request, ServerCallContext context) =>
        find.SearchAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<SuggestDataAssetsResponse> SuggestDataAssets(SuggestDataAssetsRequest request, ServerCallContext context) =>
        Task.FromResult(find.Suggest(request, context.GetCaller()));

    public override Task<ListSimilarDataAssetsResponse> ListSimilarDataAssets(ListSimilarDataAssetsRequest request, ServerCallContext context) =>
        find.SimilarAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<DataAsset> UpdateDataAsset(UpdateDataAssetRequest request, ServerCallContext context) =>
        update.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<DataAsset> AttachOffer(AttachOfferRequest request, ServerCallContext context) =>
        attach.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ImportDataAssetsResponse> ImportDataAssets(ImportDataAssetsRequest request, ServerCallContext context) =>
        import.HandleAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ExportDataAssetsResponse> ExportDataAssets(ExportDataAssetsRequest request, ServerCallContext context) =>
        export.HandleAsync(request, context.CancellationToken);
}
