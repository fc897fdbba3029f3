namespace Ecosystem.Storage;

/// <summary>Section <c>Storage</c> of the configuration.</summary>
public sealed record StorageOptions
{
    /// <summary>The file of the embedded store, or a folder in which it is <c>{app}.db</c>. Relative paths start at the content root.</summary>
    public string? Path { get; set; }

    /// <summary>How thoroughly the embedded store is checked at start.</summary>
    public IntegrityCheck IntegrityCheck { get; set; } = IntegrityCheck.Quick;
}
