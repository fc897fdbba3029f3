namespace Ecosystem.Storage;

/// <summary>What an adapter provides below the unit of work. Every adapter is held to the same compliance suite.</summary>
internal interface IStorageEngine
{
    /// <summary>Whether other processes may use the same store.</summary>
    bool IsShared { get; }

    /// <summary>Opens, checks and brings the store up to date. Called once, before anything else.</summary>
    Task OpenAsync(CancellationToken ct);

    Task<StoredDocument?> FindAsync(DocumentType type, string id, CancellationToken ct);

    /// <summary>Those of them that there are, in any order.</summary>
    Task<IReadOnlyList<StoredDocument>> FindManyAsync(DocumentType type, IReadOnlyCollection<string> ids, CancellationToken ct);

    Task<StoredPage> FindAsync(DocumentType type, StoredQuery query, CancellationToken ct);

    /// <summary>Applies everything or nothing and returns the revision all written documents now have.</summary>
    Task<long> CommitAsync(ChangeSet changes, CancellationToken ct);
}

/// <param name="Id">The identifier.</param>
/// <param name="Revision">The number of the transaction that wrote it: unique in the store, so a re-created document never repeats one.</param>
/// <param name="Version">The version of the document type that wrote the body.</param>
/// <param name="Body">JSON.</param>
internal sealed record StoredDocument(string Id, long Revision, int Version, string Body);

/// <summary>The place of a document in an ordered result: the value of the ordering index (if there is one) and the identifier.</summary>
internal sealed record QueryPosition(object? Value, string Id);

internal sealed record StoredQuery(
    IReadOnlyList<DocumentFilter> Filters, DocumentIndex? Order, bool IsDescending, int Limit, QueryPosition? After, bool CountsTotal);

/// <param name="Rows">In order.</param>
/// <param name="Last">The place of the last row when more follow.</param>
/// <param name="Total">-1 when not counted.</param>
internal sealed record StoredPage(IReadOnlyList<StoredDocument> Rows, QueryPosition? Last, long Total);
