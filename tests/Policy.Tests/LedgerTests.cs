using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Ecosystem.Policy.V1;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>The ledger as an auditor checks it: with an own implementation of RFC 6962, never with the service's.</summary>
public sealed class LedgerTests(PolicyHost host) : IClassFixture<PolicyHost>
{
    [Fact]
    public async Task The_root_can_be_recomputed_from_the_entries_alone()
    {
        await FillAsync(7);
        var checkpoint = await host.Ledger().GetCheckpointAsync(new());

        var entries = await EntriesAsync(Person.Auditor);

        Assert.Equal(Enumerable.Range(0, (int)checkpoint.Size).Select(index => (long)index), entries.Select(entry => entry.Index));
        Assert.Equal(Root([.. entries.Select(entry => entry.Leaf.ToByteArray())]), checkpoint.Root.ToByteArray());
    }

    [Fact]
    public async Task Every_entry_proves_that_it_is_in_the_log_under_every_checkpoint()
    {
        await FillAsync(5);
        var leaves = (await EntriesAsync(Person.Auditor)).Select(entry => entry.Leaf.ToByteArray()).ToArray();

        for (var size = 1; size <= leaves.Length; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = await host.Ledger(Person.Auditor).GetInclusionProofAsync(new() { Index = index, Size = size });

                Assert.Equal(Root(leaves[..size]), proof.Checkpoint.Root.ToByteArray());
                Assert.Equal(proof.Checkpoint.Root.ToByteArray(), Climb(leaves[index], index, size, [.. proof.Path.Select(hash => hash.ToByteArray())]));
            }
        }
    }

    [Fact]
    public async Task Every_checkpoint_proves_that_it_continues_every_earlier_one()
    {
        await FillAsync(9);
        var leaves = (await EntriesAsync(Person.Auditor)).Select(entry => entry.Leaf.ToByteArray()).ToArray();

        for (var second = 1; second <= Math.Min(leaves.Length, 20); second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var proof = await host.Ledger().GetConsistencyProofAsync(new() { FirstSize = first, SecondSize = second });

                Assert.Equal(Root(leaves[..first]), proof.First.Root.ToByteArray());
                Assert.Equal(Root(leaves[..second]), proof.Second.Root.ToByteArray());
                var path = new Queue<byte[]>(proof.Path.Select(hash => hash.ToByteArray()));
                var (joinedFirst, joinedSecond) = Join(first, second, isWhole: true, path, proof.First.Root.ToByteArray());
                Assert.Equal(proof.First.Root.ToByteArray(), joinedFirst);
                Assert.Equal(proof.Second.Root.ToByteArray(), joinedSecond);
                Assert.Empty(path);
            }
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 2)]
    [InlineData(1, 100000)]
    public async Task Consistency_of_what_is_not_there_is_refused(long first, long second)
    {
        await FillAsync(3);

        await host.Ledger().GetConsistencyProofAsync(new() { FirstSize = first, SecondSize = second }).RefusedAsync(StatusCode.OutOfRange, "NO_SUCH_ENTRY");
    }

    [Fact]
    public async Task Views_show_every_use_of_a_holder_an_asset_or_an_agreement()
    {
        var agreed = await host.AgreedAsync();
        var other = await host.AgreedAsync();
        var use = await host.AskAsync(agreed);
        await host.AskAsync(other);

        async Task<long[]> Indexes(ListLedgerEntriesRequest view) =>
            [.. (await host.Ledger(Person.Holder).ListLedgerEntriesAsync(view)).Entries.Select(entry => entry.Index)];

        Assert.Equal([use.LedgerIndex], await Indexes(new() { AgreementId = agreed.Id, Kind = "USE_PERMITTED" }));
        Assert.Equal([use.LedgerIndex], await Indexes(new() { DataAssetId = agreed.DataAssetId, Kind = "USE_PERMITTED" }));
        Assert.Equal(4, (await Indexes(new() { AgreementId = agreed.Id })).Length);
        Assert.Contains(use.LedgerIndex, await Indexes(new() { HolderId = Person.Holder.Organisation, PageSize = 1000 }));
        Assert.Empty(await Indexes(new() { HolderId = Person.OtherHolder.Organisation }));
    }

    [Fact]
    public async Task Holders_and_users_read_what_concerns_them_and_nothing_else()
    {
        var agreed = await host.AgreedAsync();
        var foreign = await host.AskAsync(agreed, person: Person.Developer);

        Assert.Contains(foreign.LedgerIndex, (await EntriesAsync(Person.Holder)).Select(entry => entry.Index));
        Assert.Contains(foreign.LedgerIndex, (await EntriesAsync(Person.Developer)).Select(entry => entry.Index));
        Assert.DoesNotContain(foreign.LedgerIndex, (await EntriesAsync(Person.Analyst)).Select(entry => entry.Index));
        Assert.Empty(await EntriesAsync(Person.OtherHolder));
        await host.Ledger(Person.OtherHolder).GetInclusionProofAsync(new() { Index = foreign.LedgerIndex }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
        await host.Ledger(Person.Reviewer).ListLedgerEntriesAsync(new()).RefusedAsync(StatusCode.PermissionDenied, "ROLE_MISSING");
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 2)]
    [InlineData(0, 100000)]
    public async Task Proofs_of_what_is_not_there_are_refused(long index, long size)
    {
        await FillAsync(3);

        await host.Ledger(Person.Auditor).GetInclusionProofAsync(new() { Index = index, Size = size }).RefusedAsync(StatusCode.OutOfRange, "NO_SUCH_ENTRY");
    }

    [Fact]
    public async Task Anybody_reads_the_checkpoint_and_auditors_read_proofs_also_over_rest()
    {
        await FillAsync(2);

        var checkpoint = await host.Rest().GetFromJsonAsync<JsonElement>("/policy/v1/ledger/checkpoint");
        var proof = await host.Rest(Person.Auditor).GetFromJsonAsync<JsonElement>($"/policy/v1/ledger/entries/1/proof?size={checkpoint.GetProperty("size").GetString()}");

        Assert.Equal(checkpoint.GetProperty("root").GetString(), proof.GetProperty("checkpoint").GetProperty("root").GetString());
        using var anonymous = await host.Rest().GetAsync("/policy/v1/ledger/entries");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Fact]
    public async Task A_page_token_of_something_else_is_refused() =>
        await host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new() { PageToken = "made-up" }).RefusedAsync(StatusCode.InvalidArgument, "");

    private async Task FillAsync(int decisions)
    {
        var agreed = await host.AgreedAsync();
        for (var count = 0; count < decisions; count++)
            await host.AskAsync(agreed);
    }

    private async Task<List<LedgerEntry>> EntriesAsync(Person person)
    {
        var entries = new List<LedgerEntry>();
        var token = "";
        do
        {
            var page = await host.Ledger(person).ListLedgerEntriesAsync(new() { PageSize = 3, PageToken = token });
            entries.AddRange(page.Entries);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return entries;
    }

    /// <summary>RFC 6962, section 2.1, as it is written there.</summary>
    internal static byte[] Root(byte[][] leaves)
    {
        if (leaves.Length == 0)
            return SHA256.HashData([]);
        if (leaves.Length == 1)
            return SHA256.HashData([0, .. leaves[0]]);
        var split = 1;
        while (split * 2 < leaves.Length)
            split *= 2;
        return SHA256.HashData([1, .. Root(leaves[..split]), .. Root(leaves[split..])]);
    }

    /// <summary>The two roots that a consistency proof leads to (RFC 6962, section 2.1.2, read backwards).</summary>
    private static (byte[] First, byte[] Second) Join(int first, int second, bool isWhole, Queue<byte[]> path, byte[] known)
    {
        if (first == second)
        {
            var hash = isWhole ? known : path.Dequeue();
            return (hash, hash);
        }

        var split = 1;
        while (split * 2 < second)
            split *= 2;
        if (first <= split)
        {
            var (inner, outer) = Join(first, split, isWhole, path, known);
            return (inner, SHA256.HashData([1, .. outer, .. path.Dequeue()]));
        }

        var (smaller, larger) = Join(first - split, second - split, isWhole: false, path, known);
        var left = path.Dequeue();
        return (SHA256.HashData([1, .. left, .. smaller]), SHA256.HashData([1, .. left, .. larger]));
    }

    /// <summary>Where a leaf and its path lead: down the tree to the leaf, and back up with the siblings.</summary>
    internal static byte[] Climb(byte[] leaf, int index, int size, byte[][] path)
    {
        if (size == 1)
            return path.Length == 0 ? SHA256.HashData([0, .. leaf]) : throw new ArgumentException("The path is too long.", nameof(path));
        var split = 1;
        while (split * 2 < size)
            split *= 2;
        return index < split
            ? SHA256.HashData([1, .. Climb(leaf, index, split, path[..^1]), .. path[^1]])
            : SHA256.HashData([1, .. path[^1], .. Climb(leaf, index - split, size - split, path[..^1])]);
    }
}
