namespace Ecosystem.Storage;

/// <summary>Section <c>Storage</c> of the configuration.</summary>
public sealed record StorageOptions
{
    /// <summary>The file of the embedded store, or a folder in which it is <c>{app}.db</c>. Relative paths start at the content root.</summary>
    public string? Path { get; set; }

    /// <summary>How thoroughly the embedded store is checked at start.</summary>
    public IntegrityCheck IntegrityCheck { get; set; } = IntegrityCheck.Quick;

    /// <summary>Where backups are written while the service runs; none are written when it is not set.</summary>
    public string? BackupFolder { get; set; }

    /// <summary>Time between two backups.</summary>
    public TimeSpan BackupEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many backups are kept.</summary>
    public int BackupsKept { get; set; } = 7;

    /// <summary>
    /// How long events are kept after they were sent; a restored backup sends them again. Backups of different services are taken at
    /// different moments, and what was under way between them is in none: this must be longer than those moments are apart.
    /// Twice <see cref="BackupEvery"/> where a folder is set, otherwise not at all.
    /// </summary>
    public TimeSpan? KeepSentFor { get; set; }

    /// <summary>A backup to restore at start. The store must be empty: remove the setting after the first start.</summary>
    public string? RestoreFrom { get; set; }

    internal TimeSpan SentRetention => KeepSentFor ?? (BackupFolder is { Length: > 0 } ? 2 * BackupEvery : TimeSpan.Zero);
}
