namespace Ecosystem.Storage;

/// <summary>What keeps the documents.</summary>
internal enum StoreKind
{
    /// <summary>A file of this process.</summary>
    Sqlite,

    /// <summary>A server, shared by replicas.</summary>
    PostgreSql,

    /// <summary>A replica set, shared by replicas; in builds with <c>UseMongo</c>.</summary>
    MongoDb,
}
