namespace Ecosystem.Storage;

/// <summary>One line of a backup.</summary>
internal abstract record BackupRecord
{
    internal sealed record Document(string Type, StoredDocument Stored) : BackupRecord;

    internal sealed record Waiting(OutboxEvent Event) : BackupRecord;

    internal sealed record Received(EventKey Key, long Milliseconds) : BackupRecord;
}
