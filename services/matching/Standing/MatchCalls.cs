using Ecosystem.Matching.Digests;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Grpc.Core;

namespace Ecosystem.Matching.Standing;

/// <summary>The methods of <c>ecosystem.matching.v1.MatchService</c>.</summary>
internal sealed class MatchCalls(ReadMatches read, ReadDigests digests, AnswerMatch answer, TakePart takePart) : MatchService.MatchServiceBase
{
    public override Task<Match> GetMatch(GetMatchRequest request, ServerCallContext context) =>
        read.GetAsync(request.Id, context.GetCaller(), context.CancellationToken);

    public override Task<ListMatchesResponse> ListMatches(ListMatchesRequest request, ServerCallContext context) =>
        read.ListAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Digest> GetDigest(GetDigestRequest request, ServerCallContext context) =>
        digests.GetAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<ListDigestsResponse> ListDigests(ListDigestsRequest request, ServerCallContext context) =>
        digests.ListAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Match> AnswerMatch(AnswerMatchRequest request, ServerCallContext context) =>
        answer.AnswerAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Match> ReportOutcome(ReportOutcomeRequest request, ServerCallContext context) =>
        answer.ReportAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<MatchingSettings> GetMatchingSettings(GetMatchingSettingsRequest request, ServerCallContext context) =>
        takePart.GetAsync(request.OrganisationId, context.GetCaller(), context.CancellationToken);

    public override Task<MatchingSettings> UpdateMatchingSettings(UpdateMatchingSettingsRequest request, ServerCallContext context) =>
        takePart.UpdateAsync(request.Settings, request.UpdateMask, context.GetCaller(), context.CancellationToken);
}
