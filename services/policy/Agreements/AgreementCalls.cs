using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>The door to agreements: who asks, and the answer as the contract has it.</summary>
internal sealed class AgreementCalls(
    RequestAgreement request, ReviewAgreement review, AnswerAgreement answer, IDocumentStore store, TimeProvider time) : AgreementService.AgreementServiceBase
{
    private const int LargestPage = 200;

    public override async Task<Agreement> RequestAgreement(RequestAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await request.HandleAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> ReviewAgreement(ReviewAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await review.HandleAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> ConfirmAgreement(ConfirmAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await answer.ConfirmAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> RefuseAgreement(RefuseAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await answer.RefuseAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override Task<Agreement> GetAgreement(GetAgreementRequest call, ServerCallContext context) => ReadAsync(call.Id, context);

    public override async Task<ListAgreementsResponse> ListAgreements(ListAgreementsRequest call, ServerCallContext context)
    {
        if (call.PageSize is < 0 or > LargestPage)
            throw RichStatus.InvalidArgument("The page size is out of range.", ("page_size", $"Between 1 and {LargestPage}; 50 when absent."));
        var caller = context.GetCaller();
        var query = DocumentQuery.For(AgreementDocument.Type).OrderByDescending("created").Page(call.PageSize, call.PageToken);
        if (!caller.Has("reviewer") && !caller.Has("auditor"))
            query = query.WhereAny("party", [caller.Organisation is { Length: > 0 } organisation ? organisation : throw Refusals.WithoutOrganisation()]);
        if (call.DataAssetId.Length > 0)
            query = query.Where("data_asset", call.DataAssetId);
        if (call.State is not State.Unspecified)
            query = query.Where("state", call.State);

        await using var session = store.OpenSession();
        var page = await session.QueryAsync(query, context.CancellationToken);
        return new()
        {
            Agreements = { page.Items.Select(document => Present(document, session)) },
            Page = new() { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }

    private async Task<Agreement> ReadAsync(string id, ServerCallContext context)
    {
        await using var session = store.OpenSession();
        var document = id.Length == 0 ? null : await session.LoadAsync<AgreementDocument>(id, context.CancellationToken);
        return document is not null && OpenAgreements.IsVisible(document.Agreement, context.GetCaller())
            ? Present(document, session)
            : throw Refusals.NoAgreement(id);
    }

    private Agreement Present(AgreementDocument document, IDocumentSession session)
    {
        var agreement = document.Agreement.Clone();
        agreement.Etag = session.EtagOf(document) ?? "";
        if (agreement.IsOver(time.GetUtcNow()))
        {
            agreement.State = State.Expired;
            agreement.Awaits = null;
        }

        return agreement;
    }
}
