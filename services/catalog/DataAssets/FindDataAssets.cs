using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>Anyone reads, lists and searches what is published; holders also their drafts.</summary>
internal sealed class FindDataAssets(IDocumentStore store, DataAssetIndex index, TimeProvider time)
{
    private const int UsualSuggestions = 8;
    private const int MostSuggestions = 20;
    private const int UsualSimilar = 10;
    private const int MostSimilar = 50;

    private static readonly object?[] ShownStates =
        [.. Enum.GetValues<PublicationState>().Where(s => s != PublicationState.Withdrawn).Cast<object?>()];

    public async Task<DataAsset> GetAsync(GetDataAssetRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DataAssetDocument document = await DataAssetRegister.FindAsync(session, request.Id, caller, ct);
        return await PathStates.ShowAsync(session, DataAssetRegister.Present(session, document), ct);
    }

    public async Task<ListDataAssetsResponse> ListAsync(ListDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.ThrowIfAny("The data assets cannot be listed");

        DocumentQuery<DataAssetDocument> query = DocumentQuery.For(DataAssetDocument.Type).Page(size, request.PageToken);
        query = request.OnlyOverdue
            ? query.WhereRange("check_due", from: null, time.GetUtcNow().ToUnixTimeSeconds()).OrderBy("check_due")
            : query.OrderByDescending("registered");
        query = query.WhereAny("state", request.States.Count > 0 ? request.States.Cast<object?>() : ShownStates);
        if (!caller.IsOperator())
        {
            query = query.WhereAny("visible_to", DataAssetDocument.SeenBy(caller));
        }

        if (request.HolderId.Length > 0)
        {
            query = query.Where("holder", request.HolderId);
        }

        await using IDocumentSession session = store.OpenSession();
        DocumentPage<DataAssetDocument> page = await session.QueryAsync(query, ct);
        var response = new ListDataAssetsResponse
        {
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
        response.DataAssets.AddRange(await PathStates.ShowAsync(session, [.. page.Items.Select(d => DataAssetRegister.Present(session, d))], ct));

        return response;
    }

    public async Task<SearchDataAssetsResponse> SearchAsync(SearchDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        SearchResult found = index.Search(QueryOf(request, caller));
        var response = new SearchDataAssetsResponse
        {
            Page = new Page { NextPageToken = found.NextPageToken ?? string.Empty, TotalSize = found.TotalHits },
            Facets = { DataAssetFacets.Show(request, found) },
        };
        response.Hits.AddRange(await ShowAsync(found.Hits, ct));
        return response;
    }

    public SuggestDataAssetsResponse Suggest(SuggestDataAssetsRequest request, Caller caller)
    {
        var violations = new Violations();
        SearchTexts.CheckQuery(request.Query, violations);
        int size = violations.CheckPageSize(request.PageSize, UsualSuggestions, MostSuggestions);
        violations.ThrowIfAny("Nothing can be suggested");

        return new SuggestDataAssetsResponse
        {
            Suggestions = { index.Index.Suggest(new SearchQuery { Text = request.Query, Filters = SeenBy(caller), PageSize = size }, "title", "keywords") },
        };
    }

    public async Task<ListSimilarDataAssetsResponse> SimilarAsync(ListSimilarDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize, UsualSimilar, MostSimilar);
        violations.ThrowIfAny("Similar data assets cannot be listed");

        await using (IDocumentSession session = store.OpenSession())
        {
            await DataAssetRegister.FindAsync(session, request.Id, caller, ct); // refuses what is not there for the caller
        }

        IReadOnlyList<SearchHit> similar = index.Index.Similar(request.Id, new SearchQuery { Filters = SeenBy(caller), PageSize = size });
        return new ListSimilarDataAssetsResponse { Hits = { await ShowAsync(similar, ct) } };
    }

    private static IReadOnlyList<SearchFilter> SeenBy(Caller caller) => caller.IsOperator() ? [] : [DataAssetFields.VisibleTo(caller)];

    private async Task<IReadOnlyList<DataAssetHit>> ShowAsync(IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        IReadOnlyList<(SearchHit Hit, DataAssetDocument Document)> found = await session.LoadHitsAsync<DataAssetDocument>(hits, ct);
        IReadOnlyList<DataAsset> shown = await PathStates.ShowAsync(session, [.. found.Select(f => DataAssetRegister.Present(session, f.Document))], ct);
        return [.. found.Zip(shown, (f, asset) => new DataAssetHit { DataAsset = asset, Score = f.Hit.Score, Snippet = SearchTexts.Snippet(f.Hit) })];
    }

    private static SearchQuery QueryOf(SearchDataAssetsRequest request, Caller caller)
    {
        var violations = new Violations();
        SearchTexts.CheckQuery(request.Query, violations);
        int size = violations.CheckPageSize(request.PageSize);
        DataAssetFields.CheckFilters(request, violations);
        violations.ThrowIfAny("The search cannot be answered");

        IEnumerable<SearchFilter> filters = DataAssetFields.FiltersOf(request);
        return new SearchQuery
        {
            Text = request.Query,
            Filters = [.. SeenBy(caller), .. filters],
            Facets = DataAssetFacets.FieldsOf(request),
            FacetSize = DataAssetFacets.MostValues,
            PageSize = size,
            PageToken = request.PageToken.Length == 0 ? null : request.PageToken,
        };
    }
}
