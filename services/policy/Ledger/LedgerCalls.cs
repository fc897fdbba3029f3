using Ecosystem.Grpc;
using Ecosystem.Policy.V1;
using Ecosystem.ServiceDefaults.Identity;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Ledger;

/// <summary>The ledger for those it concerns: auditors read all, holders and users what is about them, everybody the checkpoint.</summary>
internal sealed class LedgerCalls(LedgerReader ledger, LedgerExport export, LedgerKey key, IOptions<LedgerRetentionOptions> retention, TimeProvider time) : LedgerService.LedgerServiceBase
{
    private const int UsualPage = 200;
    private const int LargestPage = 1000;

    public override async Task<Checkpoint> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context)
    {
        var (size, root) = await ledger.CheckpointAsync(context.CancellationToken);
        return key.Sign(size, root, time.GetUtcNow());
    }

    public override async Task<ListLedgerEntriesResponse> ListLedgerEntries(ListLedgerEntriesRequest request, ServerCallContext context)
    {
        var party = PartyOf(context.GetCaller());
        var view = new LedgerView(party, request.DataAssetId, request.AgreementId, request.HolderId, request.Kind);
        var page = await ledger.ListAsync(view, PageSize.OrRefuse(request.PageSize, UsualPage, LargestPage), request.PageToken, context.CancellationToken);
        return new()
        {
            Entries = { page.Items.Select(entry => entry.ToEntry()) },
            NextPageToken = page.NextPageToken ?? "",
        };
    }

    public override Task<V1.LedgerKey> GetLedgerKey(GetLedgerKeyRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.LedgerKey
        {
            KeyId = key.Id,
            PublicKeyPem = key.PublicPem,
            Earlier = { key.Earlier.Select(earlier => new V1.LedgerKey { KeyId = earlier.Id, PublicKeyPem = earlier.PublicPem }) },
        });

    public override Task<LedgerRetention> GetLedgerRetention(GetLedgerRetentionRequest request, ServerCallContext context) => Task.FromResult(new LedgerRetention
    {
        Uses = retention.Value.Uses is { } uses ? Duration.FromTimeSpan(uses) : null,
        Agreements = retention.Value.Agreements is { } agreements ? Duration.FromTimeSpan(agreements) : null,
    });

    public override Task ExportLedger(ExportLedgerRequest request, IServerStreamWriter<LedgerExportLine> responseStream, ServerCallContext context) =>
        export.WriteAsync(responseStream, context.CancellationToken);

    public override async Task<ConsistencyProof> GetConsistencyProof(GetConsistencyProofRequest request, ServerCallContext context)
    {
        var (size, _) = await ledger.CheckpointAsync(context.CancellationToken);
        var second = request.SecondSize == 0 ? size : request.SecondSize;
        if (request.FirstSize < 1 || request.FirstSize > second || second > size)
            throw OutOfRange($"There is no proof from {request.FirstSize} to {second} entries; the ledger has {size}.");
        var (first, last, path) = await ledger.ProveConsistencyAsync(request.FirstSize, second, context.CancellationToken);
        return new()
        {
            First = new() { Size = request.FirstSize, Root = ByteString.CopyFrom(first) },
            Second = second == size ? key.Sign(second, last, time.GetUtcNow()) : new() { Size = second, Root = ByteString.CopyFrom(last) },
            Path = { path.Select(hash => ByteString.CopyFrom(hash)) },
        };
    }

    public override async Task<InclusionProof> GetInclusionProof(GetInclusionProofRequest request, ServerCallContext context)
    {
        var party = PartyOf(context.GetCaller());
        var (size, _) = await ledger.CheckpointAsync(context.CancellationToken);
        var wanted = request.Size == 0 ? size : request.Size;
        if (request.Index < 0 || wanted <= request.Index || wanted > size)
            throw OutOfRange($"There is no entry {request.Index} under a checkpoint of {wanted} entries; the ledger has {size}.");
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
        : caller.OrganisationOrRefuse();

    private static RpcException OutOfRange(string sentence) => RichStatus.Create(
        StatusCode.OutOfRange, sentence, new Google.Rpc.ErrorInfo { Reason = "NO_SUCH_ENTRY", Domain = RichStatus.Domain });
}
