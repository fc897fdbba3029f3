using Ecosystem.Storage;
using Grpc.Core;

namespace Ecosystem.Policy.Ledger;

/// <summary>Reads the log, and notices on the way what is not as it was written.</summary>
internal sealed class LedgerReader(IDocumentStore store, LedgerHealth health)
{
    public async Task<(long Size, byte[] Root)> CheckpointAsync(CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var head = await session.LoadAsync<LedgerHeadDocument>(LedgerHeadDocument.TheOnlyOne, ct);
        return head is null ? (0, MerkleHash.OfNothing) : (head.Size, new MerkleFrontier(head.Size, head.Frontier).Root());
    }

    public async Task<LedgerEntryDocument?> FindAsync(long index, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        return await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(index), ct) is { } entry ? Checked(entry) : null;
    }

    public async Task<DocumentPage<LedgerEntryDocument>> ListAsync(string? party, int pageSize, string pageToken, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var query = DocumentQuery.For(LedgerEntryDocument.Type).OrderBy("number").Page(pageSize, pageToken).WithoutTotal();
        var page = await session.QueryAsync(party is null ? query : query.WhereAny("party", [party]), ct);
        foreach (var entry in page.Items)
            Checked(entry);
        return page;
    }

    /// <summary>The path from an entry to the root of the first <paramref name="size"/> entries, after checking that it leads there.</summary>
    public async Task<(byte[] Root, IReadOnlyList<byte[]> Path)> ProveAsync(LedgerEntryDocument entry, long size, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        async Task<byte[]> Node(int level, long position) => level == 0
            ? (await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(position), ct))?.LeafHash ?? throw Missing(position)
            : (await session.LoadAsync<LedgerNodeDocument>(LedgerNodeDocument.IdOf(level, position), ct))?.Hash ?? throw Missing(position << level);

        var path = await MerkleProof.PathAsync(entry.Index, size, Node);
        var root = await MerkleProof.HashAsync(0, size, Node);
        return MerkleProof.RootOf(entry.LeafHash, entry.Index, size, path) is { } led && led.AsSpan().SequenceEqual(root)
            ? (root, path)
            : throw health.Report($"the proof of entry {entry.Index} does not lead to the root.", entry.Index);
    }

    private LedgerEntryDocument Checked(LedgerEntryDocument entry) =>
        MerkleHash.OfLeaf(entry.Leaf).AsSpan().SequenceEqual(entry.LeafHash)
            ? entry
            : throw health.Report($"entry {entry.Index} was changed.", entry.Index);

    private RpcException Missing(long index) => health.Report($"hashes at entry {index} are missing.", index);
}
