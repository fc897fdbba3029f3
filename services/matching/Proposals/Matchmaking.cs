using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.Sketches;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Matching.Proposals;

/// <summary>The methods of <c>ecosystem.matching.v1.ProposalService</c>. Every list that is shown is written down.</summary>
internal sealed class Matchmaking(ProfileIndex profiles, ProposalEngine engine, SketchPlanner sketches, ShownLists shown) : ProposalService.ProposalServiceBase
{
    public override async Task<ProposeCompetencesResponse> ProposeCompetences(ProposeCompetencesRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("data_asset_id", request.DataAssetId), request.Purpose, request.MaxResults);
        Item asset = profiles.Asset(request.DataAssetId) ?? throw Refusals.NoProfile(
            "data asset", request.DataAssetId, "Register and publish it in the catalogue (POST /catalog/v1/data-assets)");
        return new ProposeCompetencesResponse { Proposals = { await ProposeAsync(asset, ItemKind.Competence, request.Purpose, most, context) } };
    }

    public override async Task<ProposeDataAssetsResponse> ProposeDataAssets(ProposeDataAssetsRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("competence_id", request.CompetenceId), request.Purpose, request.MaxResults);
        Item competence = profiles.Competence(request.CompetenceId) ?? throw Refusals.NoProfile(
            "competence", request.CompetenceId, "Register it in the catalogue (POST /catalog/v1/competences)");
        return new ProposeDataAssetsResponse { Proposals = { await ProposeAsync(competence, ItemKind.DataAsset, request.Purpose, most, context) } };
    }

    public override async Task<ProposeForNeedResponse> ProposeForNeed(ProposeForNeedRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("need_id", request.NeedId), request.MaxResults);
        Item need = profiles.Find(ItemKind.Need, request.NeedId) ?? throw Refusals.NoProfile(
            "need", request.NeedId, "State it (POST /matching/v1/needs); partners are looked for only while it is open");
        return new ProposeForNeedResponse
        {
            Competences = { await ProposeAsync(need, ItemKind.Competence, purpose: null, most, context) },
            DataAssets = { await ProposeAsync(need, ItemKind.DataAsset, purpose: null, most, context) },
            Solutions = { await ProposeAsync(need, ItemKind.Solution, purpose: null, most, context) },
        };
    }

    public override async Task<ProposeForQuestionResponse> ProposeForQuestion(ProposeForQuestionRequest request, ServerCallContext context)
    {
        int most = ProposalRequest.Check(("question_id", request.QuestionId), request.MaxResults);
        Item question = profiles.Find(ItemKind.Question, request.QuestionId) ?? throw Refusals.NoProfile(
            "question", request.QuestionId, "Propose it (POST /matching/v1/questions); partners are looked for only while it is open");
        return new ProposeForQuestionResponse
        {
            DataAssets = { await ProposeAsync(question, ItemKind.DataAsset, purpose: null, most, context) },
            Competences = { await ProposeAsync(question, ItemKind.Competence, purpose: null, most, context) },
        };
    }

    public override async Task<ProposeDataForSketchResponse> ProposeDataForSketch(ProposeDataForSketchRequest request, ServerCallContext context)
    {
        string organisation = context.GetCaller().Organisation;
        (Item sketch, int most) = SketchRequest.Read(request, organisation);
        ProposeDataForSketchResponse plan = sketches.Plan(sketch, request.Purpose, most);
        IEnumerable<Proposal> parts = plan.Parts.Select(part => new Proposal { DataAssetId = part.DataAssetId, Holder = part.Holder, Score = part.Share, Policy = part.Policy });
        await shown.AddAsync(organisation, item: "", request.Purpose, engine.Ranking.Version, parts, context.CancellationToken);
        return plan;
    }

    private async Task<IReadOnlyList<Proposal>> ProposeAsync(Item asked, ItemKind wanted, string? purpose, int most, ServerCallContext context)
    {
        IReadOnlyList<Proposal> proposals = engine.Propose(asked, wanted, purpose, most);
        await shown.AddAsync(context.GetCaller().Organisation, asked.Id, purpose ?? "", engine.Ranking.Version, proposals, context.CancellationToken);
        return proposals;
    }
}
