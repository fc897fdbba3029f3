using Ecosystem.Matching.V1;
using Grpc.Core;

namespace Ecosystem.Matching.Learning;

/// <summary>The methods of <c>ecosystem.matching.v1.RankingService</c>.</summary>
internal sealed class RankingCalls(RankingShelf shelf, ReportExposure exposure) : RankingService.RankingServiceBase
{
    public override Task<LearningReport> LearnRanking(LearnRankingRequest request, ServerCallContext context) => shelf.LearnAsync(context.CancellationToken);

    public override Task<ListRankingsResponse> ListRankings(ListRankingsRequest request, ServerCallContext context) =>
        shelf.ListAsync(request, context.CancellationToken);

    public override Task<RankingVersion> RollBackRanking(RollBackRankingRequest request, ServerCallContext context) =>
        shelf.RollBackAsync(request.Version, context.CancellationToken);

    public override Task<ExposureReport> GetExposureReport(GetExposureReportRequest request, ServerCallContext context) =>
        exposure.ReportAsync(request, context.CancellationToken);

    public override Task<ListShownListsResponse> ListShownLists(ListShownListsRequest request, ServerCallContext context) =>
        exposure.ListAsync(request, context.CancellationToken);
}
