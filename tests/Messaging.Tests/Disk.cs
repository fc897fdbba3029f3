using Ecosystem.Storage;

namespace Ecosystem.Messaging.Tests;

/// <summary>A disk that can be full. What the store does then is shown on a real one in Storage.Tests: it refuses to write and goes on reading.</summary>
internal sealed class Disk
{
    private int _surprises;

    public bool IsFull { get; set; }

    /// <summary>So many of the next claims of the outbox fail in a way that no store is known to fail.</summary>
    public int Surprises
    {
        get => Math.Max(0, Volatile.Read(ref _surprises));
        set => Volatile.Write(ref _surprises, value);
    }

    public void Claim()
    {
        if (Interlocked.Decrement(ref _surprises) >= 0)
            throw new InvalidOperationException("A surprise.");
    }

    public void Write()
    {
        if (IsFull)
            throw new StoreUnavailableException("There is no room on the disk.");
    }
}

internal sealed class EngineOnDisk(IStorageEngine engine, Disk disk) : IStorageEngine
{
    public bool IsShared => engine.IsShared;

    public Task OpenAsync(CancellationToken ct) => engine.OpenAsync(ct);

    public Task<StoredDocument?> FindAsync(DocumentType type, string id, CancellationToken ct) => engine.FindAsync(type, id, ct);

    public Task<IReadOnlyList<StoredDocument>> FindManyAsync(DocumentType type, IReadOnlyCollection<string> ids, CancellationToken ct) => engine.FindManyAsync(type, ids, ct);

    public Task<StoredPage> FindAsync(DocumentType type, StoredQuery query, CancellationToken ct) => engine.FindAsync(type, query, ct);

    public Task<long> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        disk.Write();
        return engine.CommitAsync(changes, ct);
    }
}

internal sealed class OutboxOnDisk(IOutbox outbox, Disk disk) : IOutbox
{
    public Task<IReadOnlyList<OutboxClaim>> ClaimAsync(string relay, ClaimSize size, TimeSpan lease, CancellationToken ct)
    {
        disk.Claim();
        return outbox.ClaimAsync(relay, size, lease, ct);
    }

    public Task RemoveAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct)
    {
        disk.Write();
        return outbox.RemoveAsync(relay, positions, ct);
    }

    public Task PostponeAsync(string relay, long position, TimeSpan delay, string reason, CancellationToken ct)
    {
        disk.Write();
        return outbox.PostponeAsync(relay, position, delay, reason, ct);
    }

    public Task ReleaseAsync(string relay, IReadOnlyCollection<long> positions, CancellationToken ct) => outbox.ReleaseAsync(relay, positions, ct);

    public Task<int> ForgetSentAsync(DateTimeOffset moment, CancellationToken ct) => outbox.ForgetSentAsync(moment, ct);

    public Task<OutboxState> StateAsync(CancellationToken ct) => outbox.StateAsync(ct);
}
