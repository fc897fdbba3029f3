using Ecosystem.Storage;
using Grpc.Core;

namespace Ecosystem.Policy.Ledger;

/// <summary>Reads the log, and notices on the way what is not as it was written.</summary>
internal sealed class LedgerReader(IDocumentStore store, LedgerHealth health, LedgerKey key)
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
        if (await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(index), ct) is not { } entry)
            return null;
        await CheckAsync(entry, session, ct);
        return entry;
    }

    public async Task<DocumentPage<LedgerEntryDocument>> ListAsync(LedgerView view, int pageSize, string pageToken, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var page = await session.QueryAsync(view.Query().Page(pageSize, pageToken).WithoutTotal(), ct);
        foreach (var entry in page.Items)
            await CheckAsync(entry, session, ct);
        return page;
    }

    /// <summary>The entry of a decision; null when there is none.</summary>
    public static async Task<LedgerEntryDocument?> FindDecisionAsync(string decisionId, IDocumentSession session, CancellationToken ct)
    {
        var query = DocumentQuery.For(LedgerEntryDocument.Type).Where("decision", decisionId).OrderBy("number").Page(1).WithoutTotal();
        return (await session.QueryAsync(query, ct)).Items is [var entry, ..] ? entry : null;
    }

    /// <summary>The roots of the first entries, of more entries, and what leads from one to the other.</summary>
    public async Task<(byte[] First, byte[] Second, IReadOnlyList<byte[]> Path)> ProveConsistencyAsync(long first, long second, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        Task<byte[]> Node(int level, long position) => NodeAsync(session, level, position, ct);
        return (await MerkleProof.HashAsync(0, first, Node), await MerkleProof.HashAsync(0, second, Node), await MerkleProof.ConsistencyAsync(first, second, Node));
    }

    /// <summary>The path from an entry to the root of the first <paramref name="size"/> entries, after checking that it leads there.</summary>
    public async Task<(byte[] Root, IReadOnlyList<byte[]> Path)> ProveAsync(LedgerEntryDocument entry, long size, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        Task<byte[]> Node(int level, long position) => NodeAsync(session, level, position, ct);
        var path = await MerkleProof.PathAsync(entry.Index, size, Node);
        var root = await MerkleProof.HashAsync(0, size, Node);
        return MerkleProof.RootOf(entry.LeafHash, entry.Index, size, path) is { } led && led.AsSpan().SequenceEqual(root)
            ? (root, path)
            : throw health.Report($"the proof of entry {entry.Index} does not lead to the root.", entry.Index);
    }

    private async Task<byte[]> NodeAsync(IDocumentSession session, int level, long position, CancellationToken ct) => level == 0
        ? (await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(position), ct))?.LeafHash ?? throw Missing(position)
        : (await session.LoadAsync<LedgerNodeDocument>(LedgerNodeDocument.IdOf(level, position), ct))?.Hash ?? throw Missing(position << level);

    private async Task CheckAsync(LedgerEntryDocument entry, IDocumentSession session, CancellationToken ct)
    {
        if (entry.DeletedBy is not { } by)
        {
            if (!entry.IsAsHashed())
                throw health.Report($"entry {entry.Index} was changed.", entry.Index);
            return;
        }

        var told = await session.LoadAsync<LedgerEntryDocument>(LedgerEntryDocument.IdOf(by), ct);
        if (told is null || !told.IsAsHashed() || !told.TellsOf(entry.Index, entry.Index) || !told.IsSigned(key))
            throw health.Report($"the content of entry {entry.Index} is gone, and no signed record tells of its deletion.", entry.Index);
    }

    private RpcException Missing(long index) => health.Report($"hashes at entry {index} are missing.", index);
}

/// <summary>Which entries are wanted; what is empty does not matter.</summary>
/// <param name="Party">Only what concerns this organisation; null for all.</param>
internal sealed record LedgerView(string? Party, string DataAssetId = "", string AgreementId = "", string HolderId = "", string Kind = "")
{
    public DocumentQuery<LedgerEntryDocument> Query()
    {
        var query = DocumentQuery.For(LedgerEntryDocument.Type).OrderBy("number");
        if (Party is not null)
            query = query.WhereAny("party", [Party]);
        (string Index, string Value)[] wanted = [("data_asset", DataAssetId), ("agreement", AgreementId), ("holder", HolderId), ("kind", Kind)];
        return wanted.Where(condition => condition.Value.Length > 0).Aggregate(query, (narrowed, condition) => narrowed.Where(condition.Index, condition.Value));
    }
}
