using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Matching.Digests;

/// <summary>An organisation reads what is new: on demand since any moment, or the digests it got by its rhythm.</summary>
internal sealed class ReadDigests(IDocumentStore store, TimeProvider time)
{
    private const int Most = 50;

    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public async Task<Digest> GetAsync(GetDigestRequest request, Caller caller, CancellationToken ct)
    {
        string organisation = caller.OrganisationOrRefuse();
        DateTimeOffset now = time.GetUtcNow();
        await using IDocumentSession session = store.OpenSession();
        return await DigestContent.OfAsync(session, organisation, request.Since?.ToDateTimeOffset() ?? now - Usual, now, Most, ct);
    }

    public async Task<ListDigestsResponse> ListAsync(ListDigestsRequest request, Caller caller, CancellationToken ct)
    {
        DocumentQuery<DigestDocument> query = DocumentQuery.For(DigestDocument.Type).Where("organisation", caller.OrganisationOrRefuse())
            .OrderByDescending("until").Page(PageSize.OrRefuse(request.PageSize), request.PageToken);
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<DigestDocument> page = await session.QueryAsync(query, ct);
        return new ListDigestsResponse
        {
            Digests = { page.Items.Select(document => document.Digest) },
            Page = new Page { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize },
        };
    }
}
