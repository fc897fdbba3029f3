using Ecosystem.Search;
using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Following;

/// <summary>
/// Saves an index from time to time and reads it back at start, so that a restart costs seconds. The documents stay the truth: what cannot be
/// read back, was made from a later state than the store has (a backup was restored), or does not hold as many documents, is built from them, and
/// the log says why.
/// </summary>
internal sealed class IndexKeeper<T>(
    IKeptIndex<T> kept, IDocumentStore store, IndexMarks marks, IConfiguration configuration, IOptions<SearchOptions> options, ILogger<IndexKeeper<T>> log)
    where T : class
{
    private readonly IndexFolder? _folder = options.Value.FolderFor(configuration["Storage:Path"]) is { } path
        ? new IndexFolder(path, kept.Schema, typeof(IndexKeeper<>).Module.ModuleVersionId.ToString())
        : null;

    public TimeSpan SaveEvery => options.Value.SaveEvery;

    public bool IsOn => _folder is not null;

    /// <summary>Reads the index back; the position in the changes that it had come to, or null when it must be built.</summary>
    public async Task<DateTimeOffset?> RestoreAsync(CancellationToken ct)
    {
        if (_folder?.Load() is not { } saved)
        {
            return null;
        }

        if (saved.Index is null)
        {
            log.LogInformation("The search index is built from the documents. {Reason}", saved.Problem);
            return null;
        }

        if (!await marks.IsKnownAsync(saved.Mark, ct))
        {
            log.LogWarning("The saved search index was made from another state of the store, as after a backup was restored; it is built anew");
            return null;
        }

        kept.Use(saved.Index);
        return DateTimeOffset.FromUnixTimeMilliseconds(saved.Position);
    }

    /// <summary>Whether the index holds as many documents as it should; else it is empty afterwards.</summary>
    public async Task<bool> IsTrueAsync(CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        long expected = (await session.QueryAsync(kept.Expected.Page(1), ct)).TotalSize;
        if (kept.Index.Count == expected)
        {
            return true;
        }

        log.LogWarning("The saved search index held {Held} documents and the store has {Expected}; it is built anew", kept.Index.Count, expected);
        kept.Use(new SearchIndex(kept.Schema));
        return false;
    }

    /// <summary>Saves what changed.</summary>
    /// <param name="position">All changes up to here are in the index.</param>
    /// <param name="ct">Stops it.</param>
    public async Task SaveAsync(DateTimeOffset position, CancellationToken ct)
    {
        if (_folder is null)
        {
            return;
        }

        try
        {
            string mark = marks.Next();
            _folder.Save(kept.Index, position.ToUnixTimeMilliseconds(), mark);
            await marks.RememberAsync(mark, ct);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or StoreUnavailableException or ConcurrencyException)
        {
            log.LogWarning(problem, "The search index could not be saved; searches go on, and a restart will take longer");
        }
    }
}
