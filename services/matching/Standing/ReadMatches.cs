using Ecosystem.Common.V1;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Standing;

/// <summary>An organisation reads its matches, one by one, as a list, or as what is new.</summary>
internal sealed class ReadMatches(IDocumentStore store, TimeProvider time)
{
    private const int MostInDigest = 50;

    private static readonly TimeSpan UsualDigest = TimeSpan.FromDays(7);

    public async Task<Match> GetAsync(string id, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return MatchRegister.Present(session, await MatchRegister.FindAsync(session, id, caller, ct));
    }

    public async Task<ListMatchesResponse> ListAsync(ListMatchesRequest request, Caller caller, CancellationToken ct)
    {
        DocumentQuery<MatchDocument> query = DocumentQuery.For(MatchDocument.Type).OrderByDescending("found")
            .Page(Paging.SizeOrRefuse(request.PageSize), request.PageToken);
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

    public async Task<Digest> DigestAsync(GetDigestRequest request, Caller caller, CancellationToken ct)
    {
        string organisation = caller.OrganisationOrRefuse();
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset since = request.Since?.ToDateTimeOffset() ?? now - UsualDigest;
        DocumentQuery<MatchDocument> mine = DocumentQuery.For(MatchDocument.Type).Where("organisation", organisation)
            .WhereRange("changed", since, before: null).OrderByDescending("changed").WithoutTotal();
        await using IDocumentSession session = store.OpenSession();
        IReadOnlyList<MatchDocument> open = (await session.QueryAsync(mine.Where("state", State.Open).Page(DocumentQuery<MatchDocument>.MaximumPageSize), ct)).Items;
        IReadOnlyList<MatchDocument> accepted = (await session.QueryAsync(mine.Where("state", State.Accepted).Page(MostInDigest), ct)).Items;
        IReadOnlyList<MatchDocument> ended = (await session.QueryAsync(mine.WhereAny("state", [State.Declined, State.Withdrawn]).Page(MostInDigest), ct)).Items;
        return new Digest
        {
            OrganisationId = organisation,
            Waiting =
            {
                open.Where(match => !match.Match.Answers.Any(answer => answer.OrganisationId == organisation))
                    .OrderByDescending(match => match.Match.Proposal.Score).ThenBy(match => match.Id, StringComparer.Ordinal)
                    .Take(MostInDigest).Select(match => MatchRegister.Present(session, match)),
            },
            Accepted = { accepted.Select(match => MatchRegister.Present(session, match)) },
            Ended = { ended.Select(match => MatchRegister.Present(session, match)) },
            Until = now.ToTimestamp(),
        };
    }
}
