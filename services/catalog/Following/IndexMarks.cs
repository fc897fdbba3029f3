using Ecosystem.Storage;

namespace Ecosystem.Catalog.Following;

/// <summary>
/// Tells whether a store still is the one that a saved index was made from. Each save has a mark, which the store remembers after the index was
/// saved; so a store that knows the mark holds all that the index holds. One that was restored from an earlier backup does not know it.
/// </summary>
internal sealed class IndexMarks(IDocumentStore store, IIdSource ids, TimeProvider time)
{
    private const char Separator = '/';

    private string _folder = ids.Next();

    /// <summary>A mark for the next save.</summary>
    public string Next() => _folder + Separator + ids.Next();

    /// <summary>The index was saved under this mark.</summary>
    public async Task RememberAsync(string mark, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        SavedIndexDocument known = await session.LoadAsync<SavedIndexDocument>(_folder, ct) ?? new SavedIndexDocument { Id = _folder };
        known.Add(mark, time.GetUtcNow());
        session.Store(known);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Whether the store saw the save with this mark; if so, the folder goes on with it.</summary>
    public async Task<bool> IsKnownAsync(string mark, CancellationToken ct)
    {
        string folder = mark.Split(Separator)[0];
        await using IDocumentSession session = store.OpenSession();
        if (folder.Length == 0 || await session.LoadAsync<SavedIndexDocument>(folder, ct) is not { } known || !known.Marks.Contains(mark, StringComparer.Ordinal))
        {
            return false;
        }

        _folder = folder;
        return true;
    }
}
