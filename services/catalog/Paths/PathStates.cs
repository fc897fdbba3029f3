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
    /// <param name="asset">The asset.</param>
    /// <param name="before">As it was; what it named then is known already. Null when it is new.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task RememberAsync(IDocumentStore store, DataAsset asset, DataAsset? before, CancellationToken ct)
    {
        foreach (string address in AddressesOf(asset).Except(AddressesOf(before), StringComparer.Ordinal))
        {
            await using IDocumentSession session = store.OpenSession();
            if (await session.LoadAsync<PathDocument>(PathDocument.IdOf(address), ct) is not null)
            {
                continue;
            }

            session.Store(PathDocument.Begin(address));
            try
            {
                await session.SaveChangesAsync(ct);
            }
            catch (ConcurrencyException)
            {
                // Another asset with the same path was a moment earlier, so it is remembered.
            }
        }
    }

    private static IEnumerable<string> AddressesOf(DataAsset? asset) =>
        (asset?.Distributions ?? []).Select(PathDocument.AddressOf).Where(a => a.Length > 0);

    /// <summary>Fills in what was found on the paths of an asset that leaves the catalogue.</summary>
    public static async Task<DataAsset> ShowAsync(IDocumentSession session, DataAsset asset, CancellationToken ct)
    {
        foreach (Distribution distribution in asset.Distributions)
        {
            PathDocument? path = await session.LoadAsync<PathDocument>(PathDocument.IdOf(PathDocument.AddressOf(distribution)), ct);
            distribution.Reachability = path is { Reachability.CheckTime: not null } ? path.Reachability : null;
        }

        return asset;
    }
}
