using Ecosystem.Catalog.History;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Competences;

/// <summary>Anyone reads, lists and searches competences.</summary>
internal sealed class FindCompetences(IDocumentStore store, CompetenceIndex index, CompetenceRegister register, TimeProvider time)
{
    /// <summary>A lower limit leaves out those without a verification.</summary>
    private const long FirstSecond = 0;

    public async Task<Competence> GetAsync(GetCompetenceRequest request, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return register.Present(session, await CompetenceRegister.FindAsync(session, request.Id, ct));
    }

    /// <summary>Providers, operators and auditors see who changed what.</summary>
    public async Task<ListCompetenceChangesResponse> ListChangesAsync(ListCompetenceChangesRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        CompetenceDocument document = await CompetenceRegister.FindAsync(session, request.Id, ct);
        PageOfHistory page = await CompetenceRegister.History.ListAsync(
            store, document.Id, document.Competence.Provider, (request.PageSize, request.PageToken), caller, ct);
        return new ListCompetenceChangesResponse { Changes = { page.Changes }, Page = page.Page };
    }

    public async Task<ListCompetencesResponse> ListAsync(ListCompetencesRequest request, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.Unless(Enum.IsDefined(request.VerificationState), "verification_state", "This state is not known.", "Diesen Stand gibt es nicht.");
        violations.CheckTime("expires_before", request.ExpiresBefore);
        violations.ThrowIfAny("The competences cannot be listed");

        DocumentQuery<CompetenceDocument> query = Verified(DocumentQuery.For(CompetenceDocument.Type).OrderByDescending("registered"), request).Page(size, request.PageToken);
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

    private DocumentQuery<CompetenceDocument> Verified(DocumentQuery<CompetenceDocument> query, ListCompetencesRequest request)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        query = request.VerificationState switch
        {
            VerificationState.Current => query.WhereRange("verified_until", now + 1, before: null),
            VerificationState.Expired => query.WhereRange("verified_until", FirstSecond, now + 1),
            VerificationState.None => query.Where("verified_until", value: null),
            _ => query,
        };
        return request.ExpiresBefore is { } end ? query.WhereRange("verified_until", FirstSecond, end.Seconds).OrderBy("verified_until") : query;
    }

    public async Task<SearchCompetencesResponse> SearchAsync(SearchCompetencesRequest request, CancellationToken ct)
    {
        var violations = new Violations();
        SearchTexts.CheckQuery(request.Query, violations);
        int size = violations.CheckPageSize(request.PageSize);
        CompetenceFields.CheckFilters(request, violations);
        violations.ThrowIfAny("The search cannot be answered");

        SearchResult found = index.Search(new SearchQuery
        {
            Text = request.Query,
            Filters = [.. CompetenceFields.FiltersOf(request, time.GetUtcNow())],
            PageSize = size,
            PageToken = request.PageToken.Length == 0 ? null : request.PageToken,
        });
        var response = new SearchCompetencesResponse
        {
            Page = new Page { NextPageToken = found.NextPageToken ?? string.Empty, TotalSize = found.TotalHits },
        };
        await using IDocumentSession session = store.OpenSession();
        response.Hits.AddRange((await session.LoadHitsAsync<CompetenceDocument>(found.Hits, ct)).Select(f => new CompetenceHit
        {
            Competence = register.Present(session, f.Document),
            Score = f.Hit.Score,
            Snippet = SearchTexts.Snippet(f.Hit),
        }));
        return response;
    }
}
