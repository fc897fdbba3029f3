namespace Ecosystem.Catalog.SavedSearches.Matching;

/// <summary>The saved searches that wait for assets, by their keys; each copy of the service holds all of them in memory.</summary>
internal sealed class WatchedSearches
{
    private readonly Lock _access = new();
    private readonly Dictionary<string, Watch> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Watch>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Whether nobody waits for anything, so that a change need not be looked at.</summary>
    public bool IsEmpty => _byId.Count == 0;

    /// <summary>Of several states of one search the newest stays, in whatever order they arrive; one that is paused does not wait.</summary>
    public void Put(IReadOnlyCollection<SavedSearchDocument> documents)
    {
        lock (_access)
        {
            foreach (SavedSearchDocument document in documents)
            {
                if (_byId.TryGetValue(document.Id, out Watch? known) && known.Version >= document.Version)
                {
                    continue;
                }

                TakeOut(document.Id);
                if (!document.Search.Paused)
                {
                    Add(new Watch(document));
                }
            }
        }
    }

    public void Remove(string id)
    {
        lock (_access)
        {
            TakeOut(id);
        }
    }

    /// <summary>Those that have a key in common with an asset, once each.</summary>
    public IReadOnlyList<Watch> With(IReadOnlySet<string> keys)
    {
        lock (_access)
        {
            return [.. keys.SelectMany(key => _byKey.TryGetValue(key, out HashSet<Watch>? waiting) ? (IEnumerable<Watch>)waiting : []).Distinct()];
        }
    }

    private void Add(Watch watch)
    {
        _byId[watch.Id] = watch;
        foreach (string key in watch.Keys)
        {
            if (!_byKey.TryGetValue(key, out HashSet<Watch>? waiting))
            {
                _byKey.Add(key, waiting = []);
            }

            waiting.Add(watch);
        }
    }

    private void TakeOut(string id)
    {
        if (!_byId.Remove(id, out Watch? watch))
        {
            return;
        }

        foreach (string key in watch.Keys)
        {
            if (_byKey[key] is var waiting && waiting.Remove(watch) && waiting.Count == 0)
            {
                _byKey.Remove(key);
            }
        }
    }
}
