using Ecosystem.Storage;

namespace Ecosystem.Policy.Ledger;

/// <summary>Recomputes the whole log when the service starts: every entry, their numbers, and the root.</summary>
internal sealed partial class LedgerAudit(IDocumentStore store, LedgerHealth health, ILogger<LedgerAudit> log) : BackgroundService
{
    /// <summary>What is wrong with the log, or null.</summary>
    public static async Task<(string Damage, long Index)?> FindDamageAsync(IDocumentStore store, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var head = await session.LoadAsync<LedgerHeadDocument>(LedgerHeadDocument.TheOnlyOne, ct) ?? new LedgerHeadDocument();
        var frontier = new MerkleFrontier();
        await foreach (var entry in session.StreamAsync(DocumentQuery.For(LedgerEntryDocument.Type).OrderBy("number").WithoutTotal(), ct))
        {
            if (frontier.Size == head.Size)
                break;
            if (entry.Index != frontier.Size)
                return ($"entry {frontier.Size} is missing.", frontier.Size);
            var hash = MerkleHash.OfLeaf(entry.Leaf);
            if (!hash.AsSpan().SequenceEqual(entry.LeafHash))
                return ($"entry {entry.Index} was changed.", entry.Index);
            frontier.Append(hash);
        }

        if (frontier.Size < head.Size)
            return ($"entry {frontier.Size} is missing.", frontier.Size);
        return frontier.Root().AsSpan().SequenceEqual(new MerkleFrontier(head.Size, head.Frontier).Root())
            ? null
            : ("the entries do not lead to the root: some were replaced together with their hashes.", 0);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await FindDamageAsync(store, stoppingToken) is not { } found)
            return;
        health.Report(found.Damage, found.Index);
        LogDamage(log, found.Damage);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The ledger is not as it was written: {Damage} Nothing is appended until this is resolved.")]
    private static partial void LogDamage(ILogger log, string damage);
}
