using System.Runtime.CompilerServices;
using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Search;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.ResultFiles;

/// <summary>All data assets that a search finds, best first, to the last one. Memory holds one page of them at a time.</summary>
internal sealed class SearchedRows(IDocumentStore store, DataAssetIndex index)
{
    private const int RowsAtOnce = 200;

    public async IAsyncEnumerable<DataAsset> AllAsync(SearchDataAssetsRequest request, Caller caller, [EnumeratorCancellation] CancellationToken ct)
    {
        IEnumerable<SearchFilter> filters = DataAssetFields.FiltersOf(request);
        var query = new SearchQuery
        {
            Text = request.Query,
            Filters = caller.IsOperator() ? [.. filters] : [DataAssetFields.VisibleTo(caller), .. filters],
            PageSize = RowsAtOnce,
            SnippetLength = 0,
        };
        do
        {
            SearchResult page = index.Search(query);
            await using IDocumentSession session = store.OpenSession();
            foreach (SearchHit hit in page.Hits)
            {
                if (await session.LoadAsync<DataAssetDocument>(hit.Id, ct) is { } document)
                {
                    yield return DataAssetRegister.Present(session, document);
                }
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
    }
}
