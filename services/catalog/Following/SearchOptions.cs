namespace Ecosystem.Catalog.Following;

/// <summary>Where the search index outlives the process, and how often it is saved.</summary>
internal sealed class SearchOptions
{
    public const string Section = "Catalog:Search";

    /// <summary>A folder of this process alone. Beside the file of <c>Storage:Path</c> when absent; without either, each start reads all documents.</summary>
    public string? Path { get; set; }

    /// <summary>How often what changed is saved. After a crash, changes since then are read from the store.</summary>
    public TimeSpan SaveEvery { get; set; } = TimeSpan.FromSeconds(30);

    public string? FolderFor(string? storagePath) =>
        Path is { Length: > 0 } ? Path
        : storagePath is { Length: > 0 } ? storagePath.TrimEnd(System.IO.Path.DirectorySeparatorChar) + "-search"
        : null;
}
