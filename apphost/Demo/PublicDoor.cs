using Ecosystem.Catalog.V1;
using Ecosystem.Matching.V1;
using Ecosystem.Policy.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.AppHost.Demo;

/// <summary>The gateway as one caller uses it over gRPC; every call carries the caller's token.</summary>
internal sealed class PublicDoor(GrpcChannel channel, string token)
{
    public DataAssetService.DataAssetServiceClient DataAssets => new(channel);

    public CompetenceService.CompetenceServiceClient Competences => new(channel);

    public ProposalService.ProposalServiceClient Proposals => new(channel);

    public AgreementService.AgreementServiceClient Agreements => new(channel);

    public DecisionService.DecisionServiceClient Decisions => new(channel);

    public LedgerService.LedgerServiceClient Ledger => new(channel);

    /// <summary>The caller's token as gRPC metadata.</summary>
    public Metadata As { get; } = new() { { "authorization", $"Bearer {token}" } };
}
