using System.Text.Json.Nodes;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Ecosystem.Testing;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Policy.Tests;

/// <summary>The ledger as a stranger checks it: with the command in tools/verify-ledger, from an export and the public key alone.</summary>
public sealed class ExportTests : IAsyncLifetime, IDisposable
{
    private readonly PolicyHost _host = new();
    private readonly LedgerVerifier _verifier = new();
    private Agreement _agreed = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _agreed = await _host.AgreedAsync();
        for (var use = 0; use < 6; use++)
            await _host.AskAsync(_agreed);
        await _verifier.KeepKeyAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    public void Dispose() => _verifier.Dispose();

    [SkippableFact]
    public async Task An_untouched_export_is_intact_and_continues_every_checkpoint_that_was_kept()
    {
        var early = await _host.Ledger().GetCheckpointAsync(new());
        await _host.AskAsync(_agreed);

        var verdict = await _verifier.VerifyAsync(await _host.ExportAsync(), early, await _host.Ledger().GetCheckpointAsync(new()));

        Assert.Equal((0, "intact: 10 entries, 2 kept checkpoints"), verdict);
    }

    [SkippableFact]
    public async Task An_export_over_rest_is_the_same_lines()
    {
        var text = await _host.Rest(Person.Auditor).GetStringAsync("/policy/v1/ledger:export");

        Assert.Equal(0, (await _verifier.VerifyAsync(text.Split('\n', StringSplitOptions.RemoveEmptyEntries))).ExitCode);
        await Assert.ThrowsAsync<RpcException>(async () => await _host.Ledger(Person.Holder).ExportLedger(new()).ResponseStream.MoveNext(CancellationToken.None));
    }

    [SkippableFact]
    public async Task Any_flipped_byte_dropped_reordered_or_inserted_entry_is_found_at_its_place()
    {
        var export = await _host.ExportAsync();
        Assert.Equal(0, (await _verifier.VerifyAsync(export)).ExitCode);
        var entries = export.Count - 1;
        var damages =
            from kind in Gen.Elements(Enum.GetValues<Damage>())
            from at in Gen.Choose(0, entries - 1)
            from other in Gen.Choose(0, entries - 1)
            from position in Gen.Choose(0, 1000)
            where kind is not Damage.Swapped and not Damage.SwappedWithNumbers || at < other
            select (kind, at, other, position);

        Prop.ForAll(damages.ToArbitrary(), made =>
        {
            var (exitCode, said) = _verifier.VerifyAsync(Damaged(export, made.kind, made.at, made.other, made.position)).GetAwaiter().GetResult();
            return (exitCode == 1 && said.StartsWith($"damaged: entry {made.at}:", StringComparison.Ordinal)).Label($"{made}: {exitCode} {said}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [SkippableFact]
    public async Task A_damaged_checkpoint_is_not_believed()
    {
        var export = await _host.ExportAsync();
        foreach (var field in (string[])["root", "signature"])
            Assert.StartsWith("damaged: checkpoint:", (await _verifier.VerifyAsync([.. export.SkipLast(1), Flipped(export[^1], "checkpoint", field, 7)])).Said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_log_rewritten_and_signed_anew_is_given_away_by_a_checkpoint_that_was_kept()
    {
        var kept = await _host.Ledger().GetCheckpointAsync(new());
        var forged = Rewritten(await _host.ExportAsync());

        Assert.Equal(0, (await _verifier.VerifyAsync(forged)).ExitCode);
        var (exitCode, said) = await _verifier.VerifyAsync(forged, kept);
        Assert.Equal((1, true), (exitCode, said.Contains("was signed over another log", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Two_checkpoints_that_fork_are_detected()
    {
        var one = await _host.Ledger().GetCheckpointAsync(new());
        var other = _host.Service<Ledger.LedgerKey>().Sign(one.Size, new byte[32], _host.Time.GetUtcNow());

        var (exitCode, said) = await _verifier.VerifyAsync(await _host.ExportAsync(), one, other);

        Assert.Equal((1, true), (exitCode, said.Contains("signed over different logs", StringComparison.Ordinal)));
    }

    private enum Damage
    {
        FlippedLeaf,
        FlippedRoot,
        Dropped,
        Swapped,
        SwappedWithNumbers,
        Inserted,
        InsertedWithNumbers,
    }

    private static List<string> Damaged(IReadOnlyList<string> export, Damage kind, int at, int other, int position)
    {
        var lines = export.ToList();
        switch (kind)
        {
            case Damage.FlippedLeaf or Damage.FlippedRoot:
                lines[at] = Flipped(lines[at], "entry", kind is Damage.FlippedLeaf ? "leaf" : "root", position);
                break;
            case Damage.Dropped:
                lines.RemoveAt(at);
                break;
            case Damage.Swapped:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case Damage.SwappedWithNumbers:
                (lines[at], lines[other]) = (Numbered(lines[other], at), Numbered(lines[at], other));
                break;
            case Damage.Inserted:
                lines.Insert(at, Flipped(Numbered(lines[other], lines.Count + 5), "entry", "leaf", position));
                break;
            default:
                lines.Insert(at, Flipped(lines[other], "entry", "leaf", position));
                for (var index = at; index < lines.Count - 1; index++)
                    lines[index] = Numbered(lines[index], index);
                break;
        }

        return lines;
    }

    /// <summary>The first entry changed, and everything behind it made to fit, by somebody who holds the signing key.</summary>
    private List<string> Rewritten(IReadOnlyList<string> export)
    {
        var frontier = new MerkleFrontier();
        List<string> lines = [];
        foreach (var line in export.SkipLast(1))
        {
            var entry = JsonNode.Parse(line)!;
            var leaf = Convert.FromBase64String((string)entry["entry"]!["leaf"]!);
            leaf[^3] ^= (byte)(lines.Count == 0 ? 1 : 0);
            frontier.Append(MerkleHash.OfLeaf(leaf));
            entry["entry"]!["leaf"] = Convert.ToBase64String(leaf);
            entry["entry"]!["root"] = Convert.ToBase64String(frontier.Root());
            lines.Add(entry.ToJsonString());
        }

        var signed = _host.Service<Ledger.LedgerKey>().Sign(frontier.Size, frontier.Root(), _host.Time.GetUtcNow());
        return [.. lines, JsonFormatter.Default.Format(new LedgerExportLine { Checkpoint = signed })];
    }

    private static string Flipped(string line, string part, string field, int position)
    {
        var node = JsonNode.Parse(line)!;
        var bytes = Convert.FromBase64String((string)node[part]![field]!);
        bytes[position % bytes.Length] ^= (byte)(1 << (position % 8));
        node[part]![field] = Convert.ToBase64String(bytes);
        return node.ToJsonString();
    }

    private static string Numbered(string line, long index)
    {
        var node = JsonNode.Parse(line)!;
        node["entry"]!["index"] = $"{index}";
        return node.ToJsonString();
    }
}
