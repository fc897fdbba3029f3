using Ecosystem.Matching.Learning;
using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecosystem.Matching.Tests.Learning;

/// <summary>Versions of the ranking, who is shown how often, and the audit of every list.</summary>
public sealed class RankingTests : IAsyncLifetime
{
    private readonly MatchingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_learnt_is_a_version_in_use_that_outlives_a_restart_and_can_be_rolled_back()
    {
        await AnswerAsync(fits: (signals, _) => (0.4 * signals.Text) + (0.5 * signals.Modalities) > 0.45);

        LearningReport report = await Rankings().LearnRankingAsync(new LearnRankingRequest(), MatchingHost.As("operator"));
        Assert.True(report.Adopted, report.ToString());
        Assert.True(report.QualityAfter > report.QualityBefore);
        await _host.RestartAsync();
        Assert.Equal([(1L, true), (0L, false)], await VersionsAsync());

        RankingVersion back = await Rankings().RollBackRankingAsync(new RollBackRankingRequest { Version = 0 }, MatchingHost.As("operator"));
        Assert.Equal((0L, 0.5, true), (back.Version, back.TextWeight, back.Active));
        Assert.Equal([(1L, false), (0L, true)], await VersionsAsync());
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(
            async () => await Rankings().RollBackRankingAsync(new RollBackRankingRequest { Version = 7 }, MatchingHost.As("operator")))).StatusCode);
    }

    [Fact]
    public async Task What_others_said_of_partners_is_part_of_the_version_and_outlives_a_restart()
    {
        await AnswerAsync(fits: (signals, partner) => partner % 3 != 0 && signals.Text > 0.3);

        LearningReport report = await Rankings().LearnRankingAsync(new LearnRankingRequest(), MatchingHost.As("operator"));
        Acceptance learnt = _host.Service<ProposalEngine>().Ranking.Acceptance;
        await _host.RestartAsync();
        RankingVersion version = (await Rankings().ListRankingsAsync(new ListRankingsRequest(), MatchingHost.As("auditor"))).Rankings[0];
        Acceptance read = _host.Service<ProposalEngine>().Ranking.Acceptance;

        Assert.Contains("Was andere über einen Partner gesagt haben", report.Sentence.Values["de"], StringComparison.Ordinal);
        Assert.True(learnt.Of("partner-00") < learnt.Mean && learnt.Of("partner-01") > learnt.Mean);
        Assert.InRange(version.AcceptanceWeight, 0.05, 0.15);
        Assert.Equal((learnt.Weight, learnt.Mean), (read.Weight, read.Mean));
        Assert.Equal(learnt.Shares.OrderBy(share => share.Key, StringComparer.Ordinal), read.Shares.OrderBy(share => share.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_schedule_learns_when_it_is_due_counted_over_restarts_and_leaves_what_somebody_put_in_use()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await AnswerAsync(fits: (signals, _) => (0.4 * signals.Text) + (0.5 * signals.Modalities) > 0.45);

        await WhileItRunsAsync(time, TimeSpan.FromMinutes(1), until: async () => (await VersionsAsync()).First() == (1, true));
        RankingHead first = await HeadAsync();
        time.Advance(TimeSpan.FromHours(23));
        Assert.Null(await Shelf(time).LearnIfDueAsync(TimeSpan.FromDays(1), CancellationToken.None));
        await WhileItRunsAsync(time, TimeSpan.FromHours(2), until: async () => (await HeadAsync()).LearntAt > first.LearntAt);

        await Rankings().RollBackRankingAsync(new RollBackRankingRequest { Version = 0 }, MatchingHost.As("operator"));
        Assert.Null(await Shelf(time).LearnIfDueAsync(TimeSpan.Zero, CancellationToken.None));
        Assert.True((await Rankings().LearnRankingAsync(new LearnRankingRequest(), MatchingHost.As("operator"))).Adopted);
        Assert.NotNull(await Shelf(time).LearnIfDueAsync(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Without_answers_nothing_changes_and_the_report_says_so()
    {
        LearningReport report = await Rankings().LearnRankingAsync(new LearnRankingRequest(), MatchingHost.As("operator"));

        Assert.Equal((false, 0L, 0), (report.Adopted, report.Version, report.Answers));
        Assert.StartsWith("Zu wenige Antworten", report.Sentence.Values["de"], StringComparison.Ordinal);
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(
            async () => await Rankings().LearnRankingAsync(new LearnRankingRequest(), MatchingHost.As("developer")))).StatusCode);
    }

    [Fact]
    public async Task Every_list_that_was_shown_is_written_down_and_counted()
    {
        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.HearOfAsync(Examples.Segmentation());
        await _host.Grpc().ProposeCompetencesAsync(
            new ProposeCompetencesRequest { DataAssetId = "asset-stroke", Purpose = Examples.Research }, MatchingHost.As("analyst", "institut-beispiel"));

        ShownList list = await Eventually.Find(
            async () => (await Rankings().ListShownListsAsync(new ListShownListsRequest { ItemId = "asset-stroke" }, MatchingHost.As("auditor"))).Lists is [var only] ? only : null,
            "the list was written down");
        ExposureReport exposure = await Rankings().GetExposureReportAsync(new GetExposureReportRequest(), MatchingHost.As("board-member"));

        Assert.Equal(("institut-beispiel", Examples.Research), (list.OrganisationId, list.Purpose));
        ShownEntry entry = Assert.Single(list.Entries);
        Assert.Equal(("competence-segmentation", "ki-team-beispiel", PolicyVerdict.Types.Kind.Compatible), (entry.ItemId, entry.OrganisationId, entry.Policy));
        Assert.Equal(("small", 2, 1.0, 1.0), exposure.BySize.Select(group => (group.Name, group.Organisations, group.ShareOfItems, group.ShareOfShown)).Single());
        Assert.Equal(["05911"], exposure.ByRegion.Select(group => group.Name));
    }

    [Fact]
    public async Task A_list_that_was_shown_just_before_the_service_ends_is_written_down()
    {
        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.Grpc().ProposeCompetencesAsync(new ProposeCompetencesRequest { DataAssetId = "asset-stroke", Purpose = Examples.Research }, MatchingHost.As("analyst"));

        await _host.RestartAsync();

        Assert.Single((await Rankings().ListShownListsAsync(new ListShownListsRequest(), MatchingHost.As("operator"))).Lists);
    }

    /// <summary>Forty organisations accept what fits, of fifteen partners, and find the rest not relevant.</summary>
    private async Task AnswerAsync(Func<PairSignals, int, bool> fits)
    {
        var random = new Random(7);
        await using IDocumentSession session = _host.Service<IDocumentStore>().OpenSession();
        for (int number = 0; number < 480; number++)
        {
            var signals = new PairSignals(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
            int partner = random.Next(15);
            bool accepted = fits(signals, partner);
            session.Store(new MatchDocument
            {
                Id = $"match-{number:000}",
                Asked = new MatchSide(ItemKind.DataAsset, $"asset-{number}", $"organisation-{number % 40:00}"),
                Found = new MatchSide(ItemKind.Competence, $"competence-{number}", $"partner-{partner:00}"),
                Signals = signals,
                Match = new Match
                {
                    Id = $"match-{number:000}",
                    State = accepted ? Match.Types.State.Open : Match.Types.State.Declined,
                    Proposal = new Proposal(),
                    Answers =
                    {
                        new MatchAnswer
                        {
                            OrganisationId = $"organisation-{number % 40:00}", Accepted = accepted,
                            Reason = accepted ? MatchAnswer.Types.DeclineReason.Unspecified : MatchAnswer.Types.DeclineReason.NotRelevant,
                        },
                    },
                    CreateTime = new Timestamp { Seconds = number }, UpdateTime = new Timestamp { Seconds = number },
                },
            });
        }
        await session.SaveChangesAsync();
    }

    /// <summary>The schedule of a service that starts, runs that long, and ends.</summary>
    private async Task WhileItRunsAsync(ManualTime time, TimeSpan runs, Func<Task<bool>> until)
    {
        using var schedule = new LearnOnSchedule(Shelf(time), new ConfigurationBuilder().Build(), time, NullLogger<LearnOnSchedule>.Instance);
        await schedule.StartAsync(CancellationToken.None);
        await Eventually.True(() => time.IsAwaited(LearnOnSchedule.Look), "the schedule waits for its first look");
        time.Advance(runs);
        await Eventually.True(until, "the schedule did what is due");
        await schedule.StopAsync(CancellationToken.None);
    }

    private RankingShelf Shelf(TimeProvider time) => new(_host.Service<IDocumentStore>(), _host.Service<ProposalEngine>(), time);

    private async Task<RankingHead> HeadAsync()
    {
        await using IDocumentSession session = _host.Service<IDocumentStore>().OpenSession();
        return (await session.LoadAsync<RankingHead>(RankingHead.Only))!;
    }

    private async Task<IEnumerable<(long, bool)>> VersionsAsync() =>
        (await Rankings().ListRankingsAsync(new ListRankingsRequest(), MatchingHost.As("auditor"))).Rankings.Select(ranking => (ranking.Version, ranking.Active));

    private RankingService.RankingServiceClient Rankings() => _host.Client(channel => new RankingService.RankingServiceClient(channel));
}
