namespace Ecosystem.Storage;

/// <summary>What an adapter provides for backups.</summary>
internal interface IStoreSnapshot
{
    /// <summary>Everything as of one moment; events in the order in which they are to be sent.</summary>
    IAsyncEnumerable<BackupRecord> ReadAsync(CancellationToken ct);

    /// <summary>Writes everything in one transaction, keeping revisions. Returns false, and reads nothing, when the store is not empty.</summary>
    Task<bool> FillAsync(IEnumerable<BackupRecord> records, CancellationToken ct);
}
