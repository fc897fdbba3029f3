using Ecosystem.Grpc;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;
using Grpc.Core;

namespace Ecosystem.Matching.Proposals;

/// <summary>The methods of <c>ecosystem.matching.v1.ProposalService</c>.</summary>
internal sealed class Matchmaking(ProfileIndex profiles, ProposalEngine engine) : ProposalService.ProposalServiceBase
{
    public override Task<ProposeCompetencesResponse> ProposeCompetences(ProposeCompetencesRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("data_asset_id", request.DataAssetId), request.Purpose, request.MaxResults);
        DataAssetProfile asset = profiles.Asset(request.DataAssetId) ?? throw NoProfile(
            "data asset", request.DataAssetId, "Register and publish it in the catalogue (POST /catalog/v1/data-assets)");
        return Task.FromResult(new ProposeCompetencesResponse { Proposals = { engine.Competences(asset, request.Purpose, most) } });
    }

    public override Task<ProposeDataAssetsResponse> ProposeDataAssets(ProposeDataAssetsRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("competence_id", request.CompetenceId), request.Purpose, request.MaxResults);
        CompetenceProfile competence = profiles.Competence(request.CompetenceId) ?? throw NoProfile(
            "competence", request.CompetenceId, "Register it in the catalogue (POST /catalog/v1/competences)");
        return Task.FromResult(new ProposeDataAssetsResponse { Proposals = { engine.DataAssets(competence, request.Purpose, most) } });
    }

    private static RpcException NoProfile(string kind, string id, string remedy) => RichStatus.NotFound(
        $"Matching does not know the {kind} {id}. {remedy}; if you just did, the news is still on its way: try again in a moment.", "NO_PROFILE",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = id });
}
