using Ecosystem.Storage.Sqlite;

namespace Ecosystem.Storage.Tests;

/// <summary>A folder of its own for each test, removed afterwards.</summary>
internal sealed class SqlitePlace : StoreUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecosystem-storage-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "documents.db");

    internal static OpenStore Open(string path, IntegrityCheck check, params DocumentType[] types)
    {
        var declared = new DocumentTypes();
        foreach (var type in types)
            declared.Add(type);
        var database = new SqliteDatabase(path, new SqliteSchema(declared, check));
        var engine = new SqliteEngine(database, new OutboxSignal());
        var store = new DocumentStore(engine, declared, new UuidV7Source(TimeProvider.System), TimeProvider.System, new TopicPerMessage());
        return new OpenStore(store, engine, new SqliteOutbox(database, TimeProvider.System), new SqliteInbox(database), new SqliteSnapshot(database, declared), database);
    }

    internal override async Task<OpenStore> OpenAsync(params DocumentType[] types)
    {
        var store = Open(Path, IntegrityCheck.Full, types);
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
