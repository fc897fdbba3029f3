using Ecosystem.Storage.Sqlite;

namespace Ecosystem.Storage.Tests;

/// <summary>A folder of its own for each test, removed afterwards.</summary>
internal sealed class SqlitePlace : StoreUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-storage-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "documents.db");

    internal static OpenStore Open(string path, params DocumentType[] types) =>
        Open(path, new StorageOptions { IntegrityCheck = IntegrityCheck.Full }, TimeProvider.System, types);

    private static OpenStore Open(string path, StorageOptions options, TimeProvider time, DocumentType[] types)
    {
        var declared = new DocumentTypes();
        foreach (var type in types)
            declared.Add(type);
        var database = new SqliteDatabase(path, new SqliteSchema(declared, options.IntegrityCheck));
        var engine = new SqliteEngine(database, declared, new OutboxSignal());
        var store = new DocumentStore(engine, declared, new UuidV7Source(time), time, new TopicPerMessage());
        return new OpenStore(store, engine, new SqliteOutbox(database, options, time), new SqliteInbox(database), new SqliteSnapshot(database, declared), database);
    }

    internal override async Task<OpenStore> OpenAsync(params DocumentType[] types)
    {
        var store = Open(Path, Options, Time, types);
        try
        {
            await store.Engine.OpenAsync(default);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
