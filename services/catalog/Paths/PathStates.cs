using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.Paths;

/// <summary>Connects assets with the paths they name: remembers new ones to be tried, and shows what was found.</summary>
internal static class PathStates
{
    /// <summary>
    /// Paths that the catalogue does not know yet are tried soon. Before the asset is saved and apart from it: many assets share a path, and
    /// registering them at once must not make them rivals. A path whose asset was refused after all is forgotten when it is tried.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="addresses">See <see cref="NewIn"/>.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task RememberAsync(IDocumentStore store, IEnumerable<string> addresses, CancellationToken ct)
    {
        Dictionary<string, PathDocument> named = addresses.Distinct(StringComparer.Ordinal).Select(PathDocument.Begin).ToDictionary(p => p.Id, StringComparer.Ordinal);
        while (named.Count > 0)
        {
            await using IDocumentSession session = store.OpenSession();
            foreach (PathDocument known in await session.LoadManyAsync<PathDocument>(named.Keys, ct))
            {
                named.Remove(known.Id);
            }

            foreach (PathDocument path in named.Values)
            {
                session.Store(path);
            }

            try
            {
                await session.SaveChangesAsync(ct);
                return;
            }
            catch (ConcurrencyException)
            {
                // Another asset with one of these paths was a moment earlier, so that one is known now: one less each time.
            }
        }
    }

    /// <summary>The paths that an asset names and did not name before; null when it is new.</summary>
    public static IEnumerable<string> NewIn(DataAsset asset, DataAsset? before) => AddressesOf(asset).Except(AddressesOf(before), StringComparer.Ordinal);

    private static IEnumerable<string> AddressesOf(DataAsset? asset) =>
        (asset?.Distributions ?? []).Select(PathDocument.AddressOf).Where(a => a.Length > 0);

    /// <summary>Fills in what was found on the paths of an asset that leaves the catalogue.</summary>
    public static async Task<DataAsset> ShowAsync(IDocumentSession session, DataAsset asset, CancellationToken ct) => (await ShowAsync(session, [asset], ct))[0];

    /// <summary>The same for many, with one question to the store.</summary>
    /// <returns>The same assets in the same order.</returns>
    public static async Task<IReadOnlyList<DataAsset>> ShowAsync(IDocumentSession session, IReadOnlyList<DataAsset> assets, CancellationToken ct)
    {
        ILookup<string, Distribution> named = assets.SelectMany(a => a.Distributions).ToLookup(d => PathDocument.IdOf(PathDocument.AddressOf(d)), StringComparer.Ordinal);
        Dictionary<string, PathDocument> known = (await session.LoadManyAsync<PathDocument>([.. named.Select(n => n.Key)], ct)).ToDictionary(p => p.Id, StringComparer.Ordinal);
        foreach (IGrouping<string, Distribution> path in named)
        {
            Reachability? found = known.GetValueOrDefault(path.Key)?.Reachability is { CheckTime: not null } tried ? tried : null;
            foreach (Distribution distribution in path)
            {
                distribution.Reachability = found;
            }
        }

        return assets;
    }
}
