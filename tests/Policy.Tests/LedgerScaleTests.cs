using System.Diagnostics;
using System.Globalization;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.V1;
using Xunit.Abstractions;

namespace Ecosystem.Policy.Tests;

/// <summary>How the ledger fares with many entries. LEDGER_ENTRIES=1000000 says how many; speed is printed, not judged.</summary>
public sealed class LedgerScaleTests(PolicyHost host, ITestOutputHelper output) : IClassFixture<PolicyHost>
{
    private const int AtOnce = 100;

    [SkippableFact]
    public async Task Proofs_stay_short_and_the_export_verifiable_however_many_entries_there_are()
    {
        var entries = int.Parse(Environment.GetEnvironmentVariable("LEDGER_ENTRIES") ?? "5000", CultureInfo.InvariantCulture);
        var appending = Stopwatch.StartNew();
        for (var written = 0; written < entries; written += AtOnce)
            await AppendAsync(written);
        output.WriteLine($"{entries} entries, {AtOnce} at once: {entries / appending.Elapsed.TotalSeconds:0} entries/s");

        const int Proofs = 200;
        var auditor = host.Ledger(Person.Auditor);
        var (longest, size) = (0, (await auditor.GetCheckpointAsync(new())).Size);
        var proving = Stopwatch.StartNew();
        for (var proof = 0; proof < Proofs; proof++)
        {
            var index = size * proof / Proofs;
            var path = (await auditor.GetInclusionProofAsync(new() { Index = index })).Path;
            longest = Math.Max(longest, path.Sum(hash => hash.Length));
        }

        output.WriteLine($"proof: {longest} bytes at most, {proving.Elapsed.TotalMilliseconds / Proofs:0.0} ms each through gRPC");
        Assert.InRange(longest, 32, 32 * (1 + (int)Math.Ceiling(Math.Log2(size))));
        await VerifyAsync(size);
    }

    private async Task VerifyAsync(long size)
    {
        using var verifier = new LedgerVerifier();
        await verifier.KeepKeyAsync(host);
        var exporting = Stopwatch.StartNew();
        var export = await verifier.KeepAsync(host.ExportLinesAsync());
        output.WriteLine($"export: {exporting.Elapsed.TotalSeconds:0.0} s, {export.Length / 1e6:0.0} MB");

        var verifying = Stopwatch.StartNew();
        var verdict = await verifier.VerifyAsync(export, await host.Ledger().GetCheckpointAsync(new()));
        output.WriteLine($"verification: {verifying.Elapsed.TotalSeconds:0.0} s, {verdict.Said}");
        Assert.Equal((0, $"intact: {size} entries, 1 kept checkpoints"), verdict);
    }

    private Task<long> AppendAsync(int first) => host.Service<LedgerLog>().ChangeAsync(
        transaction =>
        {
            var last = 0L;
            for (var number = first; number < first + AtOnce; number++)
                last = transaction.Append(new LedgerRecord { Kind = "USE_PERMITTED", DecisionId = $"decision-{number}", HolderId = "klinikum-beispiel", UserId = "institut-beispiel", Purpose = Story.HealthResearch });
            return Task.FromResult(last);
        },
        CancellationToken.None);
}
