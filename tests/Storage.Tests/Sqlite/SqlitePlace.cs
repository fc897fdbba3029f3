namespace Ecosystem.Storage.Tests;

/// <summary>A folder of its own for each test, removed afterwards.</summary>
internal sealed class SqlitePlace : StoreUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-storage-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "documents.db");

    internal override Task<OpenStore> OpenAsync(params DocumentType[] types) => OpenStore.OpenAsync(StoreKind.Sqlite, Path, Options, Time, types);

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
