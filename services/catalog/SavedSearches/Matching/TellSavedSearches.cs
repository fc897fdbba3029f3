using Ecosystem.Catalog.DataAssets;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.SavedSearches.Matching;

/// <summary>
/// Finds the saved searches that a change of an asset begins to match, and adds the matches and their events to the transaction of the
/// change: there is one for a search and a version, or the change did not happen.
/// </summary>
internal sealed class TellSavedSearches(IDocumentStore store, IIdSource ids, TimeProvider time, WatchedSearches watched)
{
    /// <summary>Other copies of the service look for new searches twice a second; what was saved so recently is read again here.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(10);

    public async Task AddAsync(IDocumentSession session, DataAssetDocument document, DataAsset? before, CancellationToken ct)
    {
        if (!LifeRules.IsPublic(document.Asset.State))
        {
            return;
        }

        await CatchUpAsync(ct);
        if (watched.IsEmpty)
        {
            return;
        }

        IReadOnlyList<Watch> candidates = watched.With(Watch.KeysOf(Texts.Of(document.Asset).Select(t => PlainText.Of(t.Text)), document.Asset.Themes));
        if (candidates.Count == 0)
        {
            return;
        }

        DataAssetDocument? earlier = before is null ? null : new DataAssetDocument { Id = document.Id, Asset = before };
        var matches = new NewMatches(document, earlier, candidates);
        foreach (Watch candidate in candidates)
        {
            if (matches.Has(candidate) && await StoredAsync(candidate, ct) is { } search
                && (search.Version == candidate.Version || new NewMatches(document, earlier, [new Watch(search)]).Has(new Watch(search))))
            {
                Add(session, search, document);
            }
        }
    }

    /// <summary>What another copy of the service was told an instant ago counts here too.</summary>
    private async Task CatchUpAsync(CancellationToken ct)
    {
        if (!store.IsShared)
        {
            return;
        }

        await using IDocumentSession reading = store.OpenSession();
        long since = (time.GetUtcNow() - Recently).ToUnixTimeMilliseconds();
        await foreach (SavedSearchDocument recent in reading.StreamAsync(DocumentQuery.For(SavedSearchDocument.Type).WhereRange("changed", since, before: null), ct))
        {
            watched.Put([recent]);
        }
    }

    /// <summary>The search as it is stored, unless it was deleted or paused, perhaps by way of another copy of the service.</summary>
    private async Task<SavedSearchDocument?> StoredAsync(Watch watch, CancellationToken ct)
    {
        await using IDocumentSession reading = store.OpenSession();
        SavedSearchDocument? search = await reading.LoadAsync<SavedSearchDocument>(watch.Id, ct);
        if (search is null)
        {
            watched.Remove(watch.Id);
            return null;
        }

        watched.Put([search]);
        return search.Search.Paused ? null : search;
    }

    private void Add(IDocumentSession session, SavedSearchDocument search, DataAssetDocument document)
    {
        session.Store(new SavedSearchMatchDocument
        {
            Id = SavedSearchMatchDocument.IdOf(search.Id, document.Id, document.Version),
            SearchId = search.Id,
            AssetId = document.Id,
            Version = document.Version,
            EntryId = ids.Next(),
            Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        if (search.Search.NotifyByEvent)
        {
            session.Publish(new SavedSearchMatched { SavedSearchId = search.Id, DataAsset = document.Asset, Version = document.Version }, search.Id);
        }
    }
}
