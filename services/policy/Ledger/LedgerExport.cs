using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Policy.Ledger;

/// <summary>Writes the whole log down, each entry with the root up to it, and signs the end: what an independent check needs.</summary>
internal sealed class LedgerExport(IDocumentStore store, LedgerHealth health, LedgerKey key, TimeProvider time)
{
    public async Task WriteAsync(IServerStreamWriter<LedgerExportLine> lines, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var head = await session.LoadAsync<LedgerHeadDocument>(LedgerHeadDocument.TheOnlyOne, ct) ?? new LedgerHeadDocument();
        var frontier = new MerkleFrontier();
        var entries = session.StreamAsync(DocumentQuery.For(LedgerEntryDocument.Type).OrderBy("number").WithoutTotal(), ct);
        await foreach (var entry in entries)
        {
            if (frontier.Size == head.Size)
                break;
            if (entry.Index != frontier.Size)
                throw health.Report($"entry {frontier.Size} is missing.", frontier.Size);
            frontier.Append(entry.IsDeleted ? entry.LeafHash : MerkleHash.OfLeaf(entry.Leaf));
            var line = entry.ToEntry();
            line.Root = ByteString.CopyFrom(frontier.Root());
            await lines.WriteAsync(new() { Entry = line }, ct);
        }

        // The head says what was promised; the entries must lead there.
        var root = new MerkleFrontier(head.Size, head.Frontier).Root();
        if (frontier.Size != head.Size || !frontier.Root().AsSpan().SequenceEqual(root))
            throw health.Report("the entries do not lead to the root.", frontier.Size);
        await lines.WriteAsync(new() { Checkpoint = key.Sign(head.Size, root, time.GetUtcNow()) }, ct);
    }
}
