namespace Ecosystem.Storage.Sqlite;

/// <summary>An embedded store: one file, one process.</summary>
internal sealed class SqliteAdapter : IStoreAdapter
{
    private readonly SqliteDatabase _database;
    private readonly SqliteOutbox _outbox;

    public SqliteAdapter(StoreContext context)
    {
        _database = new SqliteDatabase(context.Address, new SqliteSchema(context.Types, context.Options.IntegrityCheck));
        _outbox = new SqliteOutbox(_database, context.Options, context.Time);
        Engine = new SqliteEngine(_database, context.Types, context.Signal);
        Inbox = new SqliteInbox(_database);
        Snapshot = new SqliteSnapshot(_database, context.Types);
    }

    public IStorageEngine Engine { get; }

    public IOutbox Outbox => _outbox;

    public IInbox Inbox { get; }

    public IStoreSnapshot Snapshot { get; }

    public IRollOut? RollOut => null;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _outbox.Dispose();
    }
}
