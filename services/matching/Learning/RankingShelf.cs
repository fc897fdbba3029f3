using Ecosystem.Grpc;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Reason = Ecosystem.Matching.V1.MatchAnswer.Types.DeclineReason;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Learning;

/// <summary>Keeps all versions of the ranking, learns new ones, and puts one in use.</summary>
internal sealed class RankingShelf(IDocumentStore store, ProposalEngine engine, TimeProvider time)
{
    /// <summary>Takes into use what the store says; a copy of the service may have learnt.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        RankingHead? head = await session.LoadAsync<RankingHead>(RankingHead.Only, ct);
        if (head is null || head.Active == engine.Ranking.Version) return;
        engine.Ranking = await session.LoadAsync<RankingDocument>(RankingDocument.IdOf(head.Active), ct) is { } document
            ? document.AsRanking()
            : Ranking.Untuned;
    }

    /// <summary>Learns when the last time is longer ago than that, whichever copy of the service it was; null when it is not due, or somebody holds a version.</summary>
    public async Task<LearningReport?> LearnIfDueAsync(TimeSpan every, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        RankingHead head = await HeadAsync(session, ct);
        bool isDue = head.LearntAt + (long)every.TotalMilliseconds <= time.GetUtcNow().ToUnixTimeMilliseconds();
        return isDue && !head.IsHeld ? await LearnAsync(session, head, ct) : null;
    }

    /// <summary>Learns from all answers so far; the new weights are in use at once if they are better, and only then a version.</summary>
    public async Task<LearningReport> LearnAsync(CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return await LearnAsync(session, await HeadAsync(session, ct), ct);
    }

    private async Task<LearningReport> LearnAsync(IDocumentSession session, RankingHead head, CancellationToken ct)
    {
        LearningResult result = RankingLearner.Learn(await AnswersAsync(session, ct), engine.Ranking);
        var report = new LearningReport
        {
            Adopted = result.Adopted, QualityBefore = result.Before, QualityAfter = result.After, Answers = result.Answers,
            Organisations = result.Organisations, Sentence = Labels.Text(result.German, result.English), Version = engine.Ranking.Version,
            CalibrationErrorBefore = result.ErrorBefore, CalibrationErrorAfter = result.ErrorAfter,
        };
        head.LearntAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        head.IsHeld = false;
        session.Store(head);
        if (!result.Adopted)
        {
            await session.SaveChangesAsync(ct);
            return report;
        }

        report.Version = ++head.Last;
        head.Active = head.Last;
        var ranking = new Ranking(head.Last, result.Weights, result.Acceptance, result.Calibration);
        session.Store(new RankingDocument
        {
            Id = RankingDocument.IdOf(head.Last), Version = head.Last, Weights = result.Weights, Acceptance = result.Acceptance, Calibration = result.Calibration,
            Ranking = Describe(ranking, report),
        });
        await session.SaveChangesAsync(ct);
        engine.Ranking = ranking;
        return report;
    }

    /// <summary>Puts an earlier version in use again; 0 is what nobody tuned.</summary>
    public async Task<RankingVersion> RollBackAsync(long version, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        RankingDocument? document = version == 0 ? null : await session.LoadAsync<RankingDocument>(RankingDocument.IdOf(version), ct);
        if (version != 0 && document is null) throw RichStatus.NotFound($"There is no version {version} of the ranking.");
        RankingHead head = await HeadAsync(session, ct);
        head.Active = version;
        head.IsHeld = true;
        session.Store(head);
        await session.SaveChangesAsync(ct);
        engine.Ranking = document?.AsRanking() ?? Ranking.Untuned;
        return Present(document);
    }

    public async Task<ListRankingsResponse> ListAsync(ListRankingsRequest request, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<RankingDocument> page = await session.QueryAsync(
            DocumentQuery.For(RankingDocument.Type).OrderByDescending("number").Page(PageSize.OrRefuse(request.PageSize), request.PageToken), ct);
        var response = new ListRankingsResponse { Page = new() { NextPageToken = page.NextPageToken ?? "", TotalSize = page.TotalSize + 1 } };
        response.Rankings.AddRange(page.Items.Select(Present));
        if (page.NextPageToken is null) response.Rankings.Add(Present(null));
        return response;
    }

    private RankingVersion Present(RankingDocument? document)
    {
        RankingVersion ranking = document?.Ranking.Clone() ?? Describe(Ranking.Untuned, report: null);
        ranking.Active = ranking.Version == engine.Ranking.Version;
        return ranking;
    }

    private RankingVersion Describe(Ranking ranking, LearningReport? report) => new()
    {
        Version = ranking.Version, TextWeight = ranking.Weights.Text, ThemesWeight = ranking.Weights.Themes, ModalitiesWeight = ranking.Weights.Modalities,
        AreasWeight = ranking.Weights.Areas, AcceptanceWeight = ranking.Acceptance.Weight, ScoreSlope = ranking.Calibration.Slope, ScoreOffset = ranking.Calibration.Offset,
        Report = report?.Clone(), CreateTime = report is null ? null : time.GetUtcNow().ToTimestamp(),
    };

    private static async Task<RankingHead> HeadAsync(IDocumentSession session, CancellationToken ct) =>
        await session.LoadAsync<RankingHead>(RankingHead.Only, ct) ?? new RankingHead { Id = RankingHead.Only };

    /// <summary>Yes is what an organisation accepted, no what it found not relevant; other reasons to decline say nothing of the ranking.</summary>
    private static async Task<IReadOnlyCollection<AnsweredPair>> AnswersAsync(IDocumentSession session, CancellationToken ct)
    {
        var answers = new List<AnsweredPair>();
        DocumentQuery<MatchDocument> all = DocumentQuery.For(MatchDocument.Type).WhereAny("state", [State.Open, State.Accepted, State.Declined, State.Withdrawn]);
        await foreach (MatchDocument match in session.StreamAsync(all, ct))
        {
            answers.AddRange(match.Match.Answers.Where(answer => answer.Accepted || answer.Reason == Reason.NotRelevant)
                .Select(answer => new AnsweredPair(answer.OrganisationId, match.PartnerOf(answer.OrganisationId), match.Signals, answer.Accepted)));
        }
        return answers;
    }
}
