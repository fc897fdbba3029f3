using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.Rules;
using Ecosystem.Common.V1;
using Ecosystem.Search;
using Ecosystem.Storage;
using Google.Protobuf;

namespace Ecosystem.Catalog.Showcase;

/// <summary>A page of what was found.</summary>
internal sealed record FoundExhibits<T>(IReadOnlyList<(T Resource, double Score, string Snippet)> Hits, Page Page);

/// <summary>Anyone lists and searches what the region shows.</summary>
internal sealed class FindExhibits<T>(IDocumentStore store, ExhibitKind<T> kind, ExhibitIndex<T> index)
    where T : class, IMessage<T>, new()
{
    public async Task<(IReadOnlyList<T> Resources, Page Page)> ListAsync(int pageSize, string pageToken, string providerId, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(pageSize);
        violations.ThrowIfAny("The list cannot be read");

        DocumentQuery<ExhibitDocument<T>> query = DocumentQuery.For(kind.Type).OrderByDescending("registered").Page(size, pageToken);
        if (providerId.Length > 0)
        {
            query = query.Where("provider", providerId);
        }

        await using IDocumentSession session = store.OpenSession();
        DocumentPage<ExhibitDocument<T>> page = await session.QueryAsync(query, ct);
        return (
            [.. page.Items.Select(d => ExhibitRegister<T>.Present(session, d))],
            new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize });
    }

    public async Task<FoundExhibits<T>> SearchAsync(string text, int pageSize, string pageToken, string areaKey, IEnumerable<SearchFilter> chosen, CancellationToken ct)
    {
        var violations = new Violations();
        SearchTexts.CheckQuery(text, violations);
        int size = violations.CheckPageSize(pageSize);
        if (areaKey.Length > 0)
        {
            violations.CheckAreas("area_key", [new Area { Key = areaKey }]);
        }

        violations.ThrowIfAny("The search cannot be answered");

        SearchResult found = index.Search(new SearchQuery
        {
            Text = text,
            Filters = [.. OfferedAreas.In(areaKey), .. chosen],
            PageSize = size,
            PageToken = pageToken.Length == 0 ? null : pageToken,
        });
        await using IDocumentSession session = store.OpenSession();
        (T, double, string)[] hits =
        [
            .. (await session.LoadHitsAsync<ExhibitDocument<T>>(found.Hits, ct))
                .Select(f => (ExhibitRegister<T>.Present(session, f.Document), f.Hit.Score, SearchTexts.Snippet(f.Hit))),
        ];
        return new FoundExhibits<T>(hits, new Page { NextPageToken = found.NextPageToken ?? string.Empty, TotalSize = found.TotalHits });
    }
}
