namespace Ecosystem.Storage.PostgreSql;

/// <summary>A store on a server, shared by the replicas of one service.</summary>
internal sealed class PostgreSqlAdapter : IStoreAdapter
{
    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlEngine _engine;

    public PostgreSqlAdapter(StoreContext context)
    {
        _database = new PostgreSqlDatabase(context.Address);
        var schema = new PostgreSqlSchema(_database, context.Types, context.Time);
        _engine = new PostgreSqlEngine(_database, schema, context.Signal, context.Time);
        Outbox = new PostgreSqlOutbox(_database, context.Options, context.Time);
        Inbox = new PostgreSqlInbox(_database);
        Snapshot = new PostgreSqlSnapshot(_database, context.Types);
        RollOut = schema;
    }

    public IStorageEngine Engine => _engine;

    public IOutbox Outbox { get; }

    public IInbox Inbox { get; }

    public IStoreSnapshot Snapshot { get; }

    public IRollOut RollOut { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _engine.Dispose();
    }
}
