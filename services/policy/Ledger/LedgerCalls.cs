using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Policy.Ledger;

/// <summary>The ledger for those it concerns: auditors read all, holders and users what is about them, everybody the checkpoint.</summary>
internal sealed class LedgerCalls(LedgerReader ledger) : LedgerService.LedgerServiceBase
{
    private const int UsualPage = 200;
    private const int LargestPage = 1000;

    public override async Task<Checkpoint> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context)
    {
        var (size, root) = await ledger.CheckpointAsync(context.CancellationToken);
        return new() { Size = size, Root = ByteString.CopyFrom(root) };
    }

    public override async Task<ListLedgerEntriesResponse> ListLedgerEntries(ListLedgerEntriesRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > LargestPage)
            throw RichStatus.InvalidArgument("The page size is out of range.", ("page_size", $"Between 1 and {LargestPage}; {UsualPage} when absent."));
        var party = PartyOf(context.GetCaller());
        var page = await ledger.ListAsync(party, request.PageSize == 0 ? UsualPage : request.PageSize, request.PageToken, context.CancellationToken);
        return new()
        {
            Entries = { page.Items.Select(entry => new LedgerEntry { Index = entry.Index, Leaf = ByteString.CopyFrom(entry.Leaf) }) },
            NextPageToken = page.NextPageToken ?? "",
        };
    }

    public override async Task<InclusionProof> GetInclusionProof(GetInclusionProofRequest request, ServerCallContext context)
    {
        var party = PartyOf(context.GetCaller());
        var (size, _) = await ledger.CheckpointAsync(context.CancellationToken);
        var wanted = request.Size == 0 ? size : request.Size;
        if (request.Index < 0 || wanted <= request.Index || wanted > size)
            throw OutOfRange(request.Index, wanted, size);
        var entry = await ledger.FindAsync(request.Index, context.CancellationToken);
        if (entry is null || (party is not null && !entry.Parties.Contains(party)))
            throw RichStatus.NotFound($"The ledger has no entry {request.Index} that concerns you.");
        var (root, path) = await ledger.ProveAsync(entry, wanted, context.CancellationToken);
        return new()
        {
            Index = entry.Index,
            Checkpoint = new() { Size = wanted, Root = ByteString.CopyFrom(root) },
            Path = { path.Select(hash => ByteString.CopyFrom(hash)) },
        };
    }

    /// <summary>Whose entries the caller may read; null for all.</summary>
    private static string? PartyOf(Caller caller) => caller.Has("auditor")
        ? null
        : caller.Organisation is { Length: > 0 } organisation ? organisation : throw Refusals.WithoutOrganisation();

    private static RpcException OutOfRange(long index, long size, long current) => RichStatus.Create(
        StatusCode.OutOfRange,
        $"There is no entry {index} under a checkpoint of {size} entries; the ledger has {current}.",
        new Google.Rpc.ErrorInfo { Reason = "NO_SUCH_ENTRY", Domain = RichStatus.Domain });
}
