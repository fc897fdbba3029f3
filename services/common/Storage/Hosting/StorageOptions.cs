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

    /// <summary>A backup to restore at start. The store must be empty: remove the setting after the first start.</summary>
    public string? RestoreFrom { get; set; }
}
