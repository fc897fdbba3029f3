namespace Ecosystem.Storage.MongoDb;

/// <summary>A store on a replica set, shared by the replicas of one service. Found by Storage when a connection string begins with <c>mongodb</c>.</summary>
internal sealed class MongoAdapter : IStoreAdapter
{
    private readonly MongoStore _store;

    public MongoAdapter(StoreContext context)
    {
        _store = new MongoStore(context.Address);
        var schema = new MongoSchema(_store, context.Types, context.Time);
        Engine = new MongoEngine(_store, schema, context.Signal);
        Outbox = new MongoOutbox(_store, context.Options, context.Time);
        Inbox = new MongoInbox(_store);
        Snapshot = new MongoSnapshot(_store, context.Types);
        RollOut = schema;
    }

    public IStorageEngine Engine { get; }

    public IOutbox Outbox { get; }

    public IInbox Inbox { get; }

    public IStoreSnapshot Snapshot { get; }

    public IRollOut RollOut { get; }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}
