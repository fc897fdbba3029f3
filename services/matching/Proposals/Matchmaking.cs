using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Grpc.Core;

namespace Ecosystem.Matching.Proposals;

/// <summary>The methods of <c>ecosystem.matching.v1.ProposalService</c>.</summary>
internal sealed class Matchmaking(ProfileIndex profiles, ProposalEngine engine) : ProposalService.ProposalServiceBase
{
    public override Task<ProposeCompetencesResponse> ProposeCompetences(ProposeCompetencesRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("data_asset_id", request.DataAssetId), request.Purpose, request.MaxResults);
        Item asset = profiles.Asset(request.DataAssetId) ?? throw Refusals.NoProfile(
            "data asset", request.DataAssetId, "Register and publish it in the catalogue (POST /catalog/v1/data-assets)");
        return Task.FromResult(new ProposeCompetencesResponse { Proposals = { engine.Propose(asset, ItemKind.Competence, request.Purpose, most) } });
    }

    public override Task<ProposeDataAssetsResponse> ProposeDataAssets(ProposeDataAssetsRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("competence_id", request.CompetenceId), request.Purpose, request.MaxResults);
        Item competence = profiles.Competence(request.CompetenceId) ?? throw Refusals.NoProfile(
            "competence", request.CompetenceId, "Register it in the catalogue (POST /catalog/v1/competences)");
        return Task.FromResult(new ProposeDataAssetsResponse { Proposals = { engine.Propose(competence, ItemKind.DataAsset, request.Purpose, most) } });
    }

    public override Task<ProposeForNeedResponse> ProposeForNeed(ProposeForNeedRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("need_id", request.NeedId), request.MaxResults);
        Item need = profiles.Find(ItemKind.Need, request.NeedId) ?? throw Refusals.NoProfile(
            "need", request.NeedId, "State it (POST /matching/v1/needs); partners are looked for only while it is open");
        return Task.FromResult(new ProposeForNeedResponse
        {
            Competences = { engine.Propose(need, ItemKind.Competence, purpose: null, most) },
            DataAssets = { engine.Propose(need, ItemKind.DataAsset, purpose: null, most) },
            Solutions = { engine.Propose(need, ItemKind.Solution, purpose: null, most) },
        });
    }
}
