using System.Collections.Concurrent;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Storage.Tests;

/// <summary>A service that keeps a ledger of what it did, tells its neighbour of each entry, and keeps what the neighbour told it.</summary>
internal sealed class Neighbour(string name, OpenStore store)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>What the broker has for this service. An entry leaves it when it was applied.</summary>
    public ConcurrentQueue<(EventKey Key, string Entry)> Queue { get; } = [];

    public OpenStore Store => store;

    public async Task WriteAsync(int number)
    {
        var entry = $"{name}-{number.ToString("00000", CultureInfo.InvariantCulture)}";
        await using var session = store.OpenSession();
        session.Store(new Clinic { Id = entry, City = "ledger" });
        session.Publish(new Api { Name = entry }, $"subject-{number % 5}");
        await session.SaveChangesAsync();
    }

    /// <summary>One round of the relay: the broker has the events before the outbox lets them go. Returns whether there were any.</summary>
    public async Task<bool> SendAsync(Neighbour other)
    {
        var claims = await store.Outbox.ClaimAsync("relay", new(20), Lease, default);
        foreach (var claim in claims)
            other.Queue.Enqueue((new EventKey(name, claim.Event.Id), Api.Parser.ParseJson(claim.Event.Data).Name));
        await store.Outbox.RemoveAsync("relay", [.. claims.Select(claim => claim.Position)], default);
        return claims.Count > 0;
    }

    /// <summary>Applies the next event and only then lets the broker forget it. Returns whether there was one.</summary>
    public async Task<bool> ReceiveAsync()
    {
        if (!Queue.TryPeek(out var next))
            return false;

        try
        {
            await using var session = store.OpenSession();
            var applied = await session.LoadAsync<Clinic>("applied-" + next.Entry) ?? new Clinic { Id = "applied-" + next.Entry, City = "applied", Beds = 0 };
            applied.Beds++;
            session.Store(applied);
            session.MarkReceived(next.Key);
            await session.SaveChangesAsync();
        }
        catch (AlreadyReceivedException)
        {
            // Sent again: its effect is there.
        }

        return Queue.TryDequeue(out _);
    }

    public async Task<byte[]> BackUpAsync()
    {
        using var file = new MemoryStream();
        await store.Backup.WriteAsync(file);
        return file.ToArray();
    }

    public async Task<HashSet<string>> LedgerAsync() => [.. (await AllAsync("ledger")).Select(clinic => clinic.Id)];

    /// <summary>The entries of the neighbour that have taken effect here, and how often each did.</summary>
    public async Task<Dictionary<string, int>> AppliedAsync() =>
        (await AllAsync("applied")).ToDictionary(clinic => clinic.Id["applied-".Length..], clinic => clinic.Beds!.Value, StringComparer.Ordinal);

    public async Task<HashSet<string>> WaitingAsync()
    {
        var claims = await store.Outbox.ClaimAsync("reader", new(int.MaxValue), Lease, default);
        await store.Outbox.ReleaseAsync("reader", [.. claims.Select(claim => claim.Position)], default);
        return [.. claims.Select(claim => Api.Parser.ParseJson(claim.Event.Data).Name)];
    }

    private async Task<List<Clinic>> AllAsync(string kind)
    {
        await using var session = store.OpenSession();
        return await session.StreamAsync(DocumentQuery.For(Clinic.Type).Where("city", kind)).ToListAsync();
    }
}
