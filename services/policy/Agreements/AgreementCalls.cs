using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Grpc.Core;
using State = Ecosystem.Policy.V1.Agreement.Types.State;

namespace Ecosystem.Policy.Agreements;

/// <summary>The door to agreements: who asks, and the answer as the contract has it.</summary>
internal sealed class AgreementCalls(
    RequestAgreement request, ReviewAgreement review, AnswerAgreement answer, CounterAgreement counter, EndAgreement end, RenewAgreement renew, AssignAgreement assign,
    IDocumentStore store, TimeProvider time) : AgreementService.AgreementServiceBase
{
    public override async Task<Agreement> RequestAgreement(RequestAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await request.HandleAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> ReviewAgreement(ReviewAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await review.HandleAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> ConfirmAgreement(ConfirmAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await answer.ConfirmAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> RefuseAgreement(RefuseAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await answer.RefuseAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> CounterAgreement(CounterAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await counter.ProposeAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> AcceptCounterOffer(AcceptCounterOfferRequest call, ServerCallContext context) =>
        await ReadAsync((await counter.AcceptAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> WithdrawAgreement(WithdrawAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await end.WithdrawAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> SuspendAgreement(SuspendAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await end.SuspendAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> ResumeAgreement(ResumeAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await end.ResumeAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> RevokeAgreement(RevokeAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await end.RevokeAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> RenewAgreement(RenewAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await renew.HandleAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override async Task<Agreement> AssignAgreement(AssignAgreementRequest call, ServerCallContext context) =>
        await ReadAsync((await assign.HandleAsync(call, context.GetCaller(), context.CancellationToken)).Id, context);

    public override Task<Agreement> GetAgreement(GetAgreementRequest call, ServerCallContext context) => ReadAsync(call.Id, context);

    public override async Task<ListAgreementsResponse> ListAgreements(ListAgreementsRequest call, ServerCallContext context)
    {
        var query = Visible(context.GetCaller()).OrderByDescending("created").Page(PageSize.OrRefuse(call.PageSize), call.PageToken);
        if (call.DataAssetId.Length > 0)
            query = query.Where("data_asset", call.DataAssetId);
        if (call.State is not State.Unspecified)
            query = query.Where("state", call.State);
        return await ListAsync(query, context);
    }

    public override Task<ListAgreementsResponse> ListWaitingAgreements(ListWaitingAgreementsRequest call, ServerCallContext context)
    {
        var query = Visible(context.GetCaller())
            .WhereAny("state", AgreementState.Waiting.Cast<object?>()).OrderBy("deadline").Page(PageSize.OrRefuse(call.PageSize), call.PageToken);
        return ListAsync(call.OverdueOnly ? query.WhereRange("deadline", null, time.GetUtcNow()) : query, context);
    }

    private static DocumentQuery<AgreementDocument> Visible(Caller caller)
    {
        var query = DocumentQuery.For(AgreementDocument.Type);
        if (caller.SeesUseByAll())
            return query;
        return query.WhereAny("party", [caller.OrganisationOrRefuse()]);
    }

    private async Task<ListAgreementsResponse> ListAsync(DocumentQuery<AgreementDocument> query, ServerCallContext context)
    {
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
            agreement.Waits = null;
        }

        if (agreement.Waits is { } waits)
            waits.Overdue = waits.IsOverdue(time.GetUtcNow());

        return agreement;
    }
}
