namespace Ecosystem.Search;

/// <summary>
/// Snapshots that somebody is paging through. A page token names its snapshot, so later pages show the list of the first one even while the
/// index changes. Only the most recently used are kept; older lists go on with the present state after the last item seen.
/// </summary>
internal sealed class PinnedSnapshots
{
    private const int Most = 16;

    private readonly Lock _access = new();
    private readonly LinkedList<Snapshot> _recent = [];

    internal Snapshot? Find(long generation)
    {
        lock (_access) return _recent.FirstOrDefault(snapshot => snapshot.Generation == generation);
    }

    internal void Keep(Snapshot snapshot)
    {
        lock (_access)
        {
            _recent.Remove(snapshot);
            _recent.AddFirst(snapshot);
            if (_recent.Count > Most) _recent.RemoveLast();
        }
    }
}
