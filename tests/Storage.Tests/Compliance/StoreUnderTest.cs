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

internal sealed record OpenStore(IDocumentStore Store, IStorageEngine Engine, IOutbox Outbox, IInbox Inbox, IStoreSnapshot Snapshot, IAsyncDisposable Owner) : IAsyncDisposable
{
    public IStoreBackup Backup => new StoreBackup(Engine, Snapshot);

    public IDocumentSession OpenSession() => Store.OpenSession();

    public ValueTask DisposeAsync() => Owner.DisposeAsync();

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
