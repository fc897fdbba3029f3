using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Standing;

/// <summary>An organisation reads its matches, one by one or as a list.</summary>
internal sealed class ReadMatches(IDocumentStore store)
{
    public async Task<Match> GetAsync(string id, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return MatchRegister.Present(session, await MatchRegister.FindAsync(session, id, caller, ct));
    }

    public async Task<ListMatchesResponse> ListAsync(ListMatchesRequest request, Caller caller, CancellationToken ct)
    {
        DocumentQuery<MatchDocument> query = DocumentQuery.For(MatchDocument.Type).OrderByDescending("found")
            .Page(PageSize.OrRefuse(request.PageSize), request.PageToken);
        if (!MatchRegister.SeesAll(caller)) query = query.Where("organisation", caller.OrganisationOrRefuse());
        if (request.State != State.Unspecified) query = query.Where("state", request.State);
        if (request.ItemId.Length > 0) query = query.Where("item_id", request.ItemId);
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<MatchDocument> page = await session.QueryAsync(query, ct);
        return new ListMatchesResponse
        {
            Matches = { page.Items.Select(document => MatchRegister.Present(session, document)) },
            Page = new Page { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }
}
