using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>Somebody with access to the database changes what was logged.</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private readonly PolicyHost _host = new();
    private Agreement _agreed = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _agreed = await _host.AgreedAsync();
        for (var use = 0; use < 5; use++)
            await _host.AskAsync(_agreed);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_untouched_ledger_is_found_intact() => Assert.Null(await FindAsync());

    [Fact]
    public async Task A_flipped_byte_is_found_on_reading_and_stops_the_ledger()
    {
        await ChangeAsync(entry => entry.Leaf[5] ^= 1);

        Assert.Equal(3, (await FindAsync())!.Value.Index);
        await _host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new()).RefusedAsync(StatusCode.DataLoss, "LEDGER_DAMAGED");
        Assert.Equal(StatusCode.DataLoss, (await Assert.ThrowsAsync<RpcException>(() => _host.AskAsync(_agreed))).StatusCode);
    }

    [Fact]
    public async Task A_flipped_byte_is_found_when_the_service_starts()
    {
        await ChangeAsync(entry => entry.Leaf[5] ^= 1);
        await _host.StopAsync();
        _host.Start();

        await Eventually.True(async () => !(await _host.Rest().GetAsync("/health")).IsSuccessStatusCode, "the service says that its ledger is damaged");
        Assert.Equal(StatusCode.DataLoss, (await Assert.ThrowsAsync<RpcException>(() => _host.AskAsync(_agreed))).StatusCode);
    }

    [Fact]
    public async Task A_changed_entry_with_a_fitting_hash_does_not_lead_to_the_root()
    {
        await ChangeAsync(entry =>
        {
            entry.Leaf[5] ^= 1;
            MerkleHash.OfLeaf(entry.Leaf).CopyTo(entry.LeafHash, 0);
        });

        Assert.NotNull(await FindAsync());
        await _host.Ledger(Person.Auditor).GetInclusionProofAsync(new() { Index = 3 }).RefusedAsync(StatusCode.DataLoss, "LEDGER_DAMAGED");
    }

    [Fact]
    public async Task A_dropped_entry_is_missed_by_its_number()
    {
        await using var session = _host.Store.OpenSession();
        session.Delete<LedgerEntryDocument>(LedgerEntryDocument.IdOf(4));
        await session.SaveChangesAsync();

        Assert.Equal(4, (await FindAsync())!.Value.Index);
    }

    [Fact]
    public async Task A_ledger_cut_short_is_noticed()
    {
        await using var session = _host.Store.OpenSession();
        session.Delete<LedgerEntryDocument>(LedgerEntryDocument.IdOf(7));
        await session.SaveChangesAsync();

        Assert.Equal(7, (await FindAsync())!.Value.Index);
    }

    private Task<(string Damage, long Index)?> FindAsync() => LedgerAudit.FindDamageAsync(_host.Store, CancellationToken.None);

    private async Task ChangeAsync(Action<LedgerEntryDocument> change)
    {
        await using var session = _host.Store.OpenSession();
        var entry = (await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(3)))!;
        change(entry);
        session.Store(entry);
        await session.SaveChangesAsync();
    }
}
