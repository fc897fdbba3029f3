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
        int size = Paging.SizeOf(request.PageSize, violations);
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
        foreach (DataAssetDocument document in page.Items)
        {
            response.DataAssets.Add(await PathStates.ShowAsync(session, DataAssetRegister.Present(session, document), ct));
        }

        return response;
    }

    public async Task<SearchDataAssetsResponse> SearchAsync(SearchDataAssetsRequest request, Caller caller, CancellationToken ct)
    {
        SearchResult found = index.Search(QueryOf(request, caller));
        var response = new SearchDataAssetsResponse
        {
            Page = new Page { NextPageToken = found.NextPageToken ?? string.Empty, TotalSize = found.TotalHits },
        };
        await using IDocumentSession session = store.OpenSession();
        foreach (SearchHit hit in found.Hits)
        {
            if (await session.LoadAsync<DataAssetDocument>(hit.Id, ct) is { } document)
            {
                response.Hits.Add(new DataAssetHit
                {
                    DataAsset = await PathStates.ShowAsync(session, DataAssetRegister.Present(session, document), ct),
                    Score = hit.Score,
                    Snippet = SearchTexts.Snippet(hit),
                });
            }
        }

        return response;
    }

    private static SearchQuery QueryOf(SearchDataAssetsRequest request, Caller caller)
    {
        var violations = new Violations();
        SearchTexts.CheckQuery(request.Query, violations);
        int size = Paging.SizeOf(request.PageSize, violations);
        DataAssetFields.CheckFilters(request, violations);
        violations.ThrowIfAny("The search cannot be answered");

        IEnumerable<SearchFilter> filters = DataAssetFields.FiltersOf(request);
        return new SearchQuery
        {
            Text = request.Query,
            Filters = caller.IsOperator() ? [.. filters] : [DataAssetFields.VisibleTo(caller), .. filters],
            PageSize = size,
            PageToken = request.PageToken.Length == 0 ? null : request.PageToken,
        };
    }
}
