using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Competences;

/// <summary>Anyone reads, lists and searches competences.</summary>
internal sealed class FindCompetences(IDocumentStore store, CompetenceIndex index, CompetenceRegister register)
{
    public async Task<Competence> GetAsync(GetCompetenceRequest request, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return register.Present(session, await CompetenceRegister.FindAsync(session, request.Id, ct));
    }

    public async Task<ListCompetencesResponse> ListAsync(ListCompetencesRequest request, CancellationToken ct)
    {
        var violations = new Violations();
        int size = Paging.SizeOf(request.PageSize, violations);
        violations.ThrowIfAny("The competences cannot be listed");

        DocumentQuery<CompetenceDocument> query = DocumentQuery.For(CompetenceDocument.Type).OrderByDescending("registered").Page(size, request.PageToken);
        if (request.ProviderId.Length > 0)
        {
            query = query.Where("provider", request.ProviderId);
        }

        await using IDocumentSession session = store.OpenSession();
        DocumentPage<CompetenceDocument> page = await session.QueryAsync(query, ct);
        return new ListCompetencesResponse
        {
            Competences = { page.Items.Select(d => register.Present(session, d)) },
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }

    public async Task<SearchCompetencesResponse> SearchAsync(SearchCompetencesRequest request, CancellationToken ct)
    {
        var violations = new Violations();
        SearchTexts.CheckQuery(request.Query, violations);
        int size = Paging.SizeOf(request.PageSize, violations);
        violations.ThrowIfAny("The search cannot be answered");

        SearchResult found = index.Search(new SearchQuery
        {
            Text = request.Query,
            PageSize = size,
            PageToken = request.PageToken.Length == 0 ? null : request.PageToken,
        });
        var response = new SearchCompetencesResponse
        {
            Page = new Page { NextPageToken = found.NextPageToken ?? string.Empty, TotalSize = found.TotalHits },
        };
        await using IDocumentSession session = store.OpenSession();
        foreach (SearchHit hit in found.Hits)
        {
            if (await session.LoadAsync<CompetenceDocument>(hit.Id, ct) is { } document)
            {
                response.Hits.Add(new CompetenceHit
                {
                    Competence = register.Present(session, document),
                    Score = hit.Score,
                    Snippet = SearchTexts.Snippet(hit),
                });
            }
        }

        return response;
    }
}
