namespace Ecosystem.Storage.Tests;

public abstract partial class DocumentStoreCompliance
{
    /// <summary>
    /// Both services tell each other of all they do. Their backups are taken at different moments, nobody saves the broker, and yet every
    /// entry a restored ledger holds is waiting to be told or has taken effect next door: what was under way is sent again.
    /// </summary>
    [SkippableFact]
    public async Task Backups_of_two_services_under_load_restore_so_that_every_event_is_in_an_outbox_or_applied()
    {
        await using var west = await NeighbourPlaceAsync("west");
        await using var east = await NeighbourPlaceAsync("east");
        var (westBackup, eastBackup, between) = await BackUpUnderLoadAsync(west.Service, east.Service);

        await using var westAgain = await NeighbourPlaceAsync("west", westBackup);
        await using var eastAgain = await NeighbourPlaceAsync("east", eastBackup);
        var (waiting, applied) = await EveryEventIsSomewhereAsync(westAgain.Service, eastAgain.Service);
        var (alsoWaiting, alsoApplied) = await EveryEventIsSomewhereAsync(eastAgain.Service, westAgain.Service);
        await DrainAsync(westAgain.Service, eastAgain.Service);
        await IsAppliedOnceAsync(westAgain.Service, eastAgain.Service);
        await IsAppliedOnceAsync(eastAgain.Service, westAgain.Service);

        output.WriteLine(
            $"two services backed up under load, {between} entries apart, broker lost: {waiting + alsoWaiting} events in an outbox, " +
            $"{applied + alsoApplied} applied, 0 neither; after sending again 0 missing, 0 applied twice");
    }

    private async Task<NeighbourPlace> NeighbourPlaceAsync(string name, byte[]? backup = null)
    {
        var place = await CreatePlaceAsync(new StorageOptions { KeepSentFor = TimeSpan.FromDays(2) });
        var store = await place.OpenAsync(Clinic.Type);
        if (backup is not null)
        {
            using var file = new MemoryStream(backup);
            await store.Backup.RestoreAsync(file);
        }

        return new NeighbourPlace(place, new Neighbour(name, store));
    }

    private static async Task<(byte[] West, byte[] East, int Between)> BackUpUnderLoadAsync(Neighbour west, Neighbour east)
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var load = new[]
        {
            RepeatAsync(async () => await west.WriteAsync(Interlocked.Increment(ref written)), stop.Token),
            RepeatAsync(async () => await east.WriteAsync(Interlocked.Increment(ref written)), stop.Token),
            RepeatAsync(() => west.SendAsync(east), stop.Token),
            RepeatAsync(() => east.SendAsync(west), stop.Token),
            RepeatAsync(west.ReceiveAsync, stop.Token),
            RepeatAsync(east.ReceiveAsync, stop.Token),
        };
        await Testing.Eventually.True(() => Volatile.Read(ref written) > 200, "there is load");
        var first = await west.BackUpAsync();
        var atFirst = Volatile.Read(ref written);
        await Testing.Eventually.True(() => Volatile.Read(ref written) > atFirst + 200, "the load goes on");
        var second = await east.BackUpAsync();
        var between = Volatile.Read(ref written) - atFirst;
        await stop.CancelAsync();
        await Task.WhenAll(load);
        return (first, second, between);
    }

    private static Task RepeatAsync(Func<Task> work, CancellationToken stop) => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            await work();
            await Task.Yield();
        }
    }, CancellationToken.None); // ends between two pieces of work, never before the first

    private static async Task<(int Waiting, int Applied)> EveryEventIsSomewhereAsync(Neighbour publisher, Neighbour consumer)
    {
        var ledger = await publisher.LedgerAsync();
        var waiting = await publisher.WaitingAsync();
        var applied = (await consumer.AppliedAsync()).Keys;
        Assert.NotEmpty(ledger);
        Assert.Empty(ledger.Except(waiting).Except(applied));
        return (waiting.Count, applied.Count);
    }

    private static async Task DrainAsync(Neighbour west, Neighbour east)
    {
        while (await west.SendAsync(east) | await east.SendAsync(west) | await west.ReceiveAsync() | await east.ReceiveAsync())
        {
            // Until nothing is under way.
        }
    }

    private static async Task IsAppliedOnceAsync(Neighbour publisher, Neighbour consumer)
    {
        var applied = await consumer.AppliedAsync();
        Assert.Empty((await publisher.LedgerAsync()).Except(applied.Keys));
        Assert.All(applied.Values, times => Assert.Equal(1, times));
    }

    private sealed record NeighbourPlace(StoreUnderTest Place, Neighbour Service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Service.Store.DisposeAsync();
            await Place.DisposeAsync();
        }
    }
}
