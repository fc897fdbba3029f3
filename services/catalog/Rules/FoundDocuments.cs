using Ecosystem.Search;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Rules;

/// <summary>From the hits of a search to what is stored of them.</summary>
internal static class FoundDocuments
{
    /// <summary>Each hit with its document, in the order of the hits. One that was deleted before the index heard of it is left out.</summary>
    public static async Task<IReadOnlyList<(SearchHit Hit, T Document)>> LoadHitsAsync<T>(this IDocumentSession session, IReadOnlyList<SearchHit> hits, CancellationToken ct)
        where T : class
    {
        await session.LoadManyAsync<T>([.. hits.Select(h => h.Id)], ct); // one question to the store; after it the session knows each
        var found = new List<(SearchHit, T)>(hits.Count);
        foreach (SearchHit hit in hits)
        {
            if (await session.LoadAsync<T>(hit.Id, ct) is { } document)
            {
                found.Add((hit, document));
            }
        }

        return found;
    }
}
