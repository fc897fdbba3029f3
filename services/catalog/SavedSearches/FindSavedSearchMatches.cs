using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>What has matched: for the owner page by page, for the feed the newest.</summary>
internal sealed class FindSavedSearchMatches(IDocumentStore store)
{
    private const int EntriesOfAFeed = 50;

    public async Task<ListSavedSearchMatchesResponse> ListAsync(ListSavedSearchMatchesRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.ThrowIfAny("The matches cannot be listed");

        await using IDocumentSession session = store.OpenSession();
        SavedSearchDocument search = await SavedSearchRegister.FindOwnAsync(session, request.Id, caller, ct);
        DocumentQuery<SavedSearchMatchDocument> query = Of(search.Id).Page(size, request.PageToken);
        if (!request.IncludeSeen && search.Search.SeenUntil is { } seen)
        {
            query = query.WhereRange("time", seen.ToDateTimeOffset().ToUnixTimeMilliseconds() + 1, before: null);
        }

        DocumentPage<SavedSearchMatchDocument> page = await session.QueryAsync(query, ct);
        var response = new ListSavedSearchMatchesResponse
        {
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
        await foreach ((SavedSearchMatchDocument match, DataAsset asset) in PublicAsync(session, page.Items, ct))
        {
            response.Matches.Add(new SavedSearchMatch
            {
                Version = match.Version,
                MatchTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(match.Time)),
                DataAsset = await PathStates.ShowAsync(session, asset, ct),
            });
        }

        return response;
    }

    /// <returns>The search and its newest matches; null when there is no such feed.</returns>
    public async Task<(SavedSearch Search, IReadOnlyList<(SavedSearchMatchDocument Match, DataAsset Asset)> Entries)?> FeedAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        if (await session.LoadAsync<SavedSearchDocument>(id, ct) is not { Search.NotifyByFeed: true } document)
        {
            return null;
        }

        DocumentPage<SavedSearchMatchDocument> newest = await session.QueryAsync(Of(id).Page(EntriesOfAFeed).WithoutTotal(), ct);
        var entries = new List<(SavedSearchMatchDocument, DataAsset)>();
        await foreach ((SavedSearchMatchDocument, DataAsset) entry in PublicAsync(session, newest.Items, ct))
        {
            entries.Add(entry);
        }

        return (document.Search, entries);
    }

    private static DocumentQuery<SavedSearchMatchDocument> Of(string searchId) =>
        DocumentQuery.For(SavedSearchMatchDocument.Type).Where("search", searchId).OrderByDescending("order");

    /// <summary>An asset may have been withdrawn since it matched; then nothing more is told of it.</summary>
    private static async IAsyncEnumerable<(SavedSearchMatchDocument Match, DataAsset Asset)> PublicAsync(
        IDocumentSession session, IEnumerable<SavedSearchMatchDocument> matches, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (SavedSearchMatchDocument match in matches)
        {
            if (await session.LoadAsync<DataAssetDocument>(match.AssetId, ct) is { } document && LifeRules.IsPublic(document.Asset.State))
            {
                yield return (match, DataAssetRegister.Present(session, document));
            }
        }
    }
}
