namespace Ecosystem.Storage;

/// <summary>All that one kind of store provides, around one set of connections. Disposing it closes them.</summary>
internal interface IStoreAdapter : IAsyncDisposable
{
    IStorageEngine Engine { get; }

    IOutbox Outbox { get; }

    IInbox Inbox { get; }

    IStoreSnapshot Snapshot { get; }

    /// <summary>Null where a store has one process, and so one release.</summary>
    IRollOut? RollOut { get; }
}

/// <summary>What an adapter is made with.</summary>
/// <param name="Address">A file, or a connection string of the driver.</param>
/// <param name="Types">The documents of the service.</param>
/// <param name="Options">Section <c>Storage</c>.</param>
/// <param name="Signal">To be raised when events were committed.</param>
/// <param name="Time">The clock.</param>
internal sealed record StoreContext(string Address, DocumentTypes Types, StorageOptions Options, OutboxSignal Signal, TimeProvider Time);
