using Ecosystem.Search;
using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Following;

/// <summary>
/// Saves an index from time to time and reads it back at start, so that a restart costs seconds. The documents stay the truth: what cannot be
/// read back, or does not hold as many documents as the store, is built from them, and the log says why.
/// </summary>
internal sealed class IndexKeeper<T>(
    IKeptIndex<T> kept, IDocumentStore store, IConfiguration configuration, IOptions<SearchOptions> options, ILogger<IndexKeeper<T>> log)
    where T : class
{
    private readonly IndexFolder? _folder = options.Value.FolderFor(configuration["Storage:Path"]) is { } path
        ? new IndexFolder(path, kept.Schema, typeof(IndexKeeper<>).Module.ModuleVersionId.ToString())
        : null;

    public TimeSpan SaveEvery => options.Value.SaveEvery;

    public bool IsOn => _folder is not null;

    /// <summary>Reads the index back; the position in the changes that it had come to, or null when it must be built.</summary>
    public DateTimeOffset? Restore()
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
    public void Save(DateTimeOffset position)
    {
        try
        {
            _folder?.Save(kept.Index, position.ToUnixTimeMilliseconds());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(problem, "The search index could not be saved; searches go on, and a restart will take longer");
        }
    }
}
