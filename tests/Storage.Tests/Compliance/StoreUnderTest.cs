using Google.Protobuf.Reflection;

namespace Ecosystem.Storage.Tests;

/// <summary>A place for documents that can be opened several times, each time as if by a new release of the service.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    internal StorageOptions Options { get; init; } = new() { IntegrityCheck = IntegrityCheck.Full };

    internal abstract Task<OpenStore> OpenAsync(params DocumentType[] types);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A store as a service has it, and the ports below.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly IStoreAdapter _adapter;
    private readonly DocumentStore _store;

    public OpenStore(StoreKind kind, string address, StorageOptions options, TimeProvider time, params DocumentType[] types)
    {
        var declared = new DocumentTypes();
        foreach (var type in types)
            declared.Add(type);
        _adapter = StoreAdapters.Create(kind, new StoreContext(address, declared, options, new OutboxSignal(), time));
        _store = new DocumentStore(_adapter.Engine, declared, new UuidV7Source(time), time, new TopicPerMessage());
    }

    public IStorageEngine Engine => _adapter.Engine;

    public IOutbox Outbox => _adapter.Outbox;

    public IInbox Inbox => _adapter.Inbox;

    public IRollOut? RollOut => _adapter.RollOut;

    public IStoreBackup Backup => new StoreBackup(Engine, _adapter.Snapshot);

    public IDocumentSession OpenSession() => _store.OpenSession();

    public ValueTask DisposeAsync() => _adapter.DisposeAsync();

    public static async Task<OpenStore> OpenAsync(StoreKind kind, string address, StorageOptions options, TimeProvider time, params DocumentType[] types)
    {
        var store = new OpenStore(kind, address, options, time, types);
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

    public async Task SaveAsync<T>(params T[] documents) where T : class
    {
        await using var session = OpenSession();
        foreach (var document in documents)
            session.Store(document);
        await session.SaveChangesAsync();
    }

    public async Task<T?> LoadAsync<T>(string id) where T : class
    {
        await using var session = OpenSession();
        return await session.LoadAsync<T>(id);
    }

    public async Task<DocumentPage<T>> QueryAsync<T>(DocumentQuery<T> query) where T : class
    {
        await using var session = OpenSession();
        return await session.QueryAsync(query);
    }
}

internal sealed class TopicPerMessage : IEventAddressing
{
    public int LargestEvent => 100_000;

    public string TopicOf(MessageDescriptor @event) => "test." + @event.Name;
}
