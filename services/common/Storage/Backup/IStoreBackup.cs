namespace Ecosystem.Storage;

/// <summary>Copies a whole store to a file and back, the same for every adapter: a backup of one may be restored into another.</summary>
public interface IStoreBackup
{
    /// <summary>
    /// Writes one consistent moment of the store while it is in use: documents with their etags, events to be sent, events received.
    /// The format is gzip of one JSON object a line, the last of which counts the others.
    /// </summary>
    Task<BackupSummary> WriteAsync(Stream destination, CancellationToken ct = default);

    /// <summary>Fills an empty store, all or nothing.</summary>
    /// <exception cref="StoreDamagedException">The backup is incomplete, unreadable or of a newer release, or the store is not empty.</exception>
    Task<BackupSummary> RestoreAsync(Stream source, CancellationToken ct = default);
}

/// <summary>What a backup holds.</summary>
/// <param name="Documents">Documents of all types.</param>
/// <param name="Waiting">Events a restored store will send: those that wait, and those sent lately (<see cref="StorageOptions.KeepSentFor"/>).</param>
/// <param name="Received">Events received.</param>
public sealed record BackupSummary(long Documents, long Waiting, long Received);
