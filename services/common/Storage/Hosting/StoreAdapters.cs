using System.Reflection;
using Ecosystem.Storage.PostgreSql;
using Ecosystem.Storage.Sqlite;

namespace Ecosystem.Storage;

/// <summary>Makes the adapter for a kind of store.</summary>
internal static class StoreAdapters
{
    private const string MongoDb = "Ecosystem.Storage.MongoDb";

    public static IStoreAdapter Create(StoreKind kind, StoreContext context) => kind switch
    {
        StoreKind.Sqlite => new SqliteAdapter(context),
        StoreKind.PostgreSql => new PostgreSqlAdapter(context),
        _ => (IStoreAdapter)Activator.CreateInstance(FindMongoDb() ?? throw new InvalidOperationException(MongoDbIsMissing), context)!,
    };

    /// <summary>What is wrong with the build for this kind of store; null when nothing is.</summary>
    public static string? Missing(StoreKind kind) => kind == StoreKind.MongoDb && FindMongoDb() is null ? MongoDbIsMissing : null;

    private static string MongoDbIsMissing =>
        "This service was built without MongoDB. Build it with -p:UseMongo=true, or name a store of SQLite (\"Data Source=...\") or PostgreSQL (\"Host=...\").";

    /// <summary>The adapter brings its driver along, and so is in an assembly that only a build with UseMongo has.</summary>
    private static Type? FindMongoDb()
    {
        try
        {
            return Assembly.Load(MongoDb).GetType(MongoDb + ".MongoAdapter", throwOnError: true);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
