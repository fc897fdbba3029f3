using System.Text.Json.Nodes;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>Entries lose their content at the end of their retention; what they prove stays, and a signed record tells of it.</summary>
public sealed class RetentionTests : IAsyncLifetime, IDisposable
{
    private readonly PolicyHost _host = new() { Settings = { ["Ledger:Retention:Uses"] = "30.00:00:00" } };
    private readonly LedgerVerifier _verifier = new();
    private Agreement _agreed = null!;
    private Decision _old = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _agreed = await _host.AgreedAsync();
        _old = await _host.AskAsync(_agreed);
        await _host.AskAsync(_agreed, purpose: Story.Advertising);
        _host.Time.Set(_host.Time.GetUtcNow().AddDays(20));
        await _host.AskAsync(_agreed);
        await _verifier.KeepKeyAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    public void Dispose() => _verifier.Dispose();

    [Fact]
    public async Task What_is_kept_how_long_can_be_asked_by_anybody()
    {
        var retention = await _host.Ledger().GetLedgerRetentionAsync(new());

        Assert.Equal((Duration.FromTimeSpan(TimeSpan.FromDays(30)), null), (retention.Uses, retention.Agreements));
    }

    [Fact]
    public async Task Only_what_is_over_loses_its_content_and_the_holders_view_says_so()
    {
        await DeleteAsync(expected: 2);

        var view = (await _host.Ledger(Person.Holder).ListLedgerEntriesAsync(new() { HolderId = Person.Holder.Organisation })).Entries;
        Assert.Equal([0L, 1, 2, 3, 4, 5], view.Select(entry => entry.Index));
        Assert.Equal([3L, 4], view.Where(entry => entry.Leaf.IsEmpty).Select(entry => entry.Index));
        Assert.All(view.Where(entry => entry.Leaf.IsEmpty), entry => Assert.Equal((6L, 32), (entry.DeletedBy, entry.LeafHash.Length)));
        var record = LedgerRecord.Parser.ParseJson((await _host.Ledger(Person.Holder).ListLedgerEntriesAsync(new() { Kind = "ENTRIES_DELETED" })).Entries.Single().Leaf.ToStringUtf8());
        Assert.Equal("The retention of uses is 30 days.", record.Deletion.Reason);
        Assert.Equal((3L, 4L), (record.Deletion.Ranges.Single().First, record.Deletion.Ranges.Single().Last));
        await _host.Decisions(Person.Analyst).FulfilDutyAsync(new() { DecisionId = _old.Id, Action = "anonymize", Evidence = "spät" }).RefusedAsync(StatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Nothing_is_deleted_twice_and_what_comes_of_age_later_is_deleted_then()
    {
        await DeleteAsync(expected: 2);
        Assert.Equal(0, await _host.Service<LedgerRetainer>().DeleteAsync(CancellationToken.None));

        await DeleteAsync(expected: 3, afterDays: 20);
        Assert.Equal(2, (await _host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new() { Kind = "ENTRIES_DELETED" })).Entries.Count);
    }

    [SkippableFact]
    public async Task Proofs_checkpoints_and_the_independent_check_hold_as_before()
    {
        var kept = await _host.Ledger().GetCheckpointAsync(new());
        var before = await _host.Ledger(Person.Auditor).GetInclusionProofAsync(new() { Index = 3, Size = kept.Size });
        await DeleteAsync(expected: 2);

        Assert.Equal(before, await _host.Ledger(Person.Auditor).GetInclusionProofAsync(new() { Index = 3, Size = kept.Size }));
        Assert.Null(await LedgerAudit.FindDamageAsync(_host.Store, CancellationToken.None));
        Assert.Equal((0, "intact: 7 entries, 1 kept checkpoints, 2 deleted at the end of their retention"), await _verifier.VerifyAsync(await _host.ExportAsync(), kept));
    }

    [SkippableFact]
    public async Task Content_that_is_gone_without_a_signed_record_is_found()
    {
        await DeleteAsync(expected: 2);
        await using (var session = _host.Store.OpenSession())
        {
            var entry = (await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(1)))!;
            session.Store(entry.Deleted(by: 6));
            await session.SaveChangesAsync();
        }

        Assert.Equal(1, (await LedgerAudit.FindDamageAsync(_host.Store, CancellationToken.None))!.Value.Index);
        Assert.StartsWith("damaged: entry 1: its content is gone", (await _verifier.VerifyAsync(await _host.ExportAsync())).Said, StringComparison.Ordinal);
        await _host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new()).RefusedAsync(StatusCode.DataLoss, "LEDGER_DAMAGED");
    }

    [SkippableFact]
    public async Task A_record_of_a_deletion_that_was_not_signed_or_did_not_take_place_is_not_believed()
    {
        var whole = await _host.ExportAsync();
        await DeleteAsync(expected: 2);
        var export = await _host.ExportAsync();
        List<string> contentIsBack = [.. export];
        contentIsBack[3] = whole[3];
        List<string> otherHash = [.. export];
        otherHash[4] = Changed(export[4], "leafHash", (string)JsonNode.Parse(export[3])!["entry"]!["leafHash"]!);

        Assert.StartsWith("damaged: entry 3: entry 6 tells of its deletion", (await _verifier.VerifyAsync(contentIsBack)).Said, StringComparison.Ordinal);
        Assert.StartsWith("damaged: entry 4:", (await _verifier.VerifyAsync(otherHash)).Said, StringComparison.Ordinal);

        using var foreign = new LedgerVerifier();
        await foreign.KeepForeignKeyAsync();
        Assert.StartsWith("damaged: entry 6: it tells of a deletion, and is not signed with this key", (await foreign.VerifyAsync(export)).Said, StringComparison.Ordinal);
    }

    private async Task DeleteAsync(int expected, int afterDays = 11)
    {
        _host.Time.Set(_host.Time.GetUtcNow().AddDays(afterDays));

        // The schedule may be there first, or at the same moment; then nothing is left for this.
        await _host.Service<LedgerRetainer>().DeleteAsync(CancellationToken.None);
        Assert.Equal(expected, (await _host.Ledger(Person.Auditor).ListLedgerEntriesAsync(new())).Entries.Count(entry => entry.Leaf.IsEmpty));
    }

    private static string Changed(string line, string field, string value)
    {
        var node = JsonNode.Parse(line)!;
        node["entry"]![field] = value;
        return node.ToJsonString();
    }
}
