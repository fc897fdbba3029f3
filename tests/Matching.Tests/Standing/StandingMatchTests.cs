using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Ecosystem.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit.Abstractions;
using Participation = Ecosystem.Matching.V1.MatchingSettings.Types.Participation;
using Reason = Ecosystem.Matching.V1.MatchAnswer.Types.DeclineReason;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Tests.Standing;

/// <summary>What is new is matched by itself; the two organisations answer; the service takes back what no longer holds.</summary>
public sealed class StandingMatchTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Clinic = "klinikum-beispiel";
    private const string Team = "ki-team-beispiel";

    private readonly MatchingHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_new_data_asset_is_matched_with_a_competence_that_is_there()
    {
        Match match = await MatchedAsync();

        Assert.Equal(("asset-stroke", "competence-segmentation"), (match.Proposal.DataAssetId, match.Proposal.CompetenceId));
        Assert.Equal(State.Open, match.State);
        Assert.NotEmpty(match.Proposal.Reasons);
        Assert.Equal(PolicyVerdict.Types.Kind.Compatible, match.Proposal.Policy.Kind);
    }

    [Fact]
    public async Task Terms_that_change_take_a_match_back_and_say_why()
    {
        Match match = await MatchedAsync();
        DataAsset changed = Examples.StrokeImages();
        changed.Offer = Examples.AllowingOnly(Examples.Marketing);

        await _host.HearOfOfferAsync(changed, version: 2);
        Match withdrawn = await InStateAsync(match.Id, State.Withdrawn);

        Assert.StartsWith("The terms of use have changed.", withdrawn.StateReason.Values["en"], StringComparison.Ordinal);
        Assert.StartsWith("Die Nutzungsbedingungen haben sich geändert.", withdrawn.StateReason.Values["de"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asset_that_is_withdrawn_takes_its_matches_with_it()
    {
        Match match = await MatchedAsync();
        DataAsset gone = Examples.StrokeImages();
        gone.State = PublicationState.Withdrawn;

        await _host.HearOfAsync(gone, version: 2);

        Assert.Contains("no longer offered", (await InStateAsync(match.Id, State.Withdrawn)).StateReason.Values["en"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_terms_forbid_is_never_matched_and_what_they_leave_open_is_shown_as_unknown()
    {
        DataAsset forbidden = Examples.StrokeImages();
        forbidden.Id = "asset-forbidden";
        forbidden.Offer = Examples.AllowingOnly(Examples.Marketing);
        DataAsset open = Examples.StrokeImages();
        open.Id = "asset-without-terms";
        open.Offer = null;
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()));
        await _host.HearOfAsync(forbidden);
        await _host.HearOfAsync(open);

        Match match = await FirstAsync();

        Assert.Equal(("asset-without-terms", PolicyVerdict.Types.Kind.Unknown), (match.Proposal.DataAssetId, match.Proposal.Policy.Kind));
        Assert.DoesNotContain(await AllAsync(), other => other.Proposal.DataAssetId == "asset-forbidden");
    }

    [Fact]
    public async Task Both_say_yes_and_whoever_is_busy_gets_no_more_until_the_outcome_is_told()
    {
        await SettingsAsync(Team, new MatchingSettings { Capacity = 1 });
        Match match = await MatchedAsync();

        Match one = await AnswerAsync(match.Id, Clinic, accept: true);
        Match both = await AnswerAsync(match.Id, Team, accept: true);
        Assert.Equal((State.Open, State.Accepted), (one.State, both.State));
        Assert.Empty(await ProposedForAsync("asset-stroke"));

        await Matches().ReportOutcomeAsync(new ReportOutcomeRequest { Id = match.Id, Kind = MatchOutcome.Types.Kind.Agreement }, MatchingHost.As("data-holder", Clinic));
        Assert.Single(await ProposedForAsync("asset-stroke"));
    }

    [Fact]
    public async Task Who_declines_says_why_and_is_not_asked_again()
    {
        Match match = await MatchedAsync();

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => AnswerAsync(match.Id, Clinic, accept: false))).StatusCode);
        Match declined = await AnswerAsync(match.Id, Clinic, accept: false, Reason.NotRelevant);
        Assert.Equal("WRONG_STATE", RichStatus.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => AnswerAsync(match.Id, Team, accept: true)))!.Reason);
        await _host.HearOfOfferAsync(Examples.StrokeImages(), version: 2);
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()), version: 2);
        await _host.HearOfAsync(Examples.LesionFinder());
        await NothingWaitsAsync();

        Assert.Equal(State.Declined, declined.State);
        Assert.Single(await AllAsync(), one => one.Proposal is { NeedId: "", CompetenceId.Length: > 0 });
    }

    [Fact]
    public async Task A_match_is_seen_by_its_two_organisations_and_by_operators()
    {
        Match match = await MatchedAsync();

        Assert.Equal(match.Id, (await GetAsync(match.Id, "auditor", "pruefstelle-beispiel")).Id);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => GetAsync(match.Id, "analyst", "institut-beispiel"))).StatusCode);
        Assert.Empty((await Matches().ListMatchesAsync(new ListMatchesRequest(), MatchingHost.As("analyst", "institut-beispiel"))).Matches);
    }

    [Fact]
    public async Task Who_opts_out_is_matched_with_nobody_and_the_other_side_reads_why()
    {
        Match match = await MatchedAsync();

        await SettingsAsync(Team, new MatchingSettings { Participation = Participation.Paused });
        Match withdrawn = await InStateAsync(match.Id, State.Withdrawn);
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()), version: 2);
        await NothingWaitsAsync();

        Assert.Contains("takes no part", withdrawn.StateReason.Values["en"], StringComparison.Ordinal);
        Assert.Single(await AllAsync(), one => one.Proposal is { NeedId: "", CompetenceId.Length: > 0 });
        Assert.Empty(await ProposedForAsync("asset-stroke"));
    }

    [Fact]
    public async Task Who_comes_back_is_matched_at_once_though_nothing_it_offers_has_changed()
    {
        await SettingsAsync(Team, new MatchingSettings { Participation = Participation.Paused });
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()));
        await _host.HearOfAsync(Examples.StrokeImages());
        await NothingWaitsAsync();
        Assert.DoesNotContain(await AllAsync(), one => one.Proposal.CompetenceId.Length > 0);

        await SettingsAsync(Team, new MatchingSettings { Participation = Participation.Active });

        Assert.Equal("competence-segmentation", (await FirstWithCompetenceAsync()).Proposal.CompetenceId);
    }

    [Fact]
    public async Task A_match_that_ended_with_the_opt_out_is_found_again_when_both_are_back()
    {
        Match ended = await MatchedAsync();
        await SettingsAsync(Team, new MatchingSettings { Participation = Participation.Paused });
        await InStateAsync(ended.Id, State.Withdrawn);

        await SettingsAsync(Team, new MatchingSettings { Participation = Participation.Active });
        Match again = await Eventually.Find(
            async () => (await AllAsync()).FirstOrDefault(match => match.State == State.Open && match.Proposal.CompetenceId.Length > 0), "the pair was found again");

        Assert.NotEqual(ended.Id, again.Id);
        Assert.Equal(ended.Proposal.DataAssetId, again.Proposal.DataAssetId);
    }

    [Fact]
    public async Task Who_has_room_again_is_matched_at_once()
    {
        Competence second = Examples.WithPurpose(Examples.Segmentation());
        (second.Id, second.Provider) = ("competence-second", Examples.Organisation("institut-beispiel", ""));
        await SettingsAsync(Team, new MatchingSettings { Capacity = 1 });
        Match match = await MatchedAsync();
        await AnswerAsync(match.Id, Clinic, accept: true);
        await AnswerAsync(match.Id, Team, accept: true);
        DataAsset other = Examples.StrokeImages();
        (other.Id, other.Holder) = ("asset-other", Examples.Organisation("krankenkasse-beispiel", ""));
        await _host.HearOfAsync(other);
        await _host.HearOfAsync(second);
        await Eventually.True(async () => (await AllAsync()).Any(one => one.Proposal.CompetenceId == "competence-second"), "the other competence was matched");
        Assert.DoesNotContain(await AllAsync(), one => one.Proposal is { DataAssetId: "asset-other", CompetenceId: "competence-segmentation" });

        await Matches().ReportOutcomeAsync(new ReportOutcomeRequest { Id = match.Id, Kind = MatchOutcome.Types.Kind.Cooperation }, MatchingHost.As("developer", Team));

        await Eventually.True(
            async () => (await AllAsync()).Any(one => one.Proposal is { DataAssetId: "asset-other", CompetenceId: "competence-segmentation" }), "whoever is free again was matched");
    }

    [Fact]
    public async Task Only_operators_let_an_organisation_leave_and_come_back()
    {
        var leave = new MatchingSettings { Participation = Participation.Left };
        Match match = await MatchedAsync();

        Assert.Equal("NOT_AN_OPERATOR", RichStatus.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => SettingsAsync(Team, leave)))!.Reason);
        Assert.Equal("NOT_THE_OWNER", RichStatus.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => SettingsAsync(Team, leave, "developer", Clinic)))!.Reason);
        await SettingsAsync(Team, leave, "operator", "koordinierungsstelle-beispiel");
        await InStateAsync(match.Id, State.Withdrawn);
        Assert.Equal("NOT_AN_OPERATOR", RichStatus.ReasonOf(
            await Assert.ThrowsAsync<RpcException>(() => SettingsAsync(Team, new MatchingSettings { Participation = Participation.Active })))!.Reason);
    }

    [Fact]
    public async Task The_digest_says_what_waits_for_an_answer_and_what_ended()
    {
        Match match = await MatchedAsync();

        Digest before = await DigestAsync(since: null);
        await AnswerAsync(match.Id, Clinic, accept: true);
        await AnswerAsync(match.Id, Team, accept: false, Reason.NoCapacity);
        Digest after = await DigestAsync(before.Until);

        Assert.Equal(match.Id, Assert.Single(before.Waiting).Id);
        Assert.Empty(after.Waiting);
        Assert.Equal(Reason.NoCapacity, Assert.Single(after.Ended).Answers.Single(answer => !answer.Accepted).Reason);
    }

    [Fact]
    public async Task How_long_what_is_new_waits_for_its_matches_is_measured()
    {
        var waited = new ConcurrentBag<double>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "ecosystem.matching.wait" && ReferenceEquals(instrument.Meter.Scope, _host.Service<IMeterFactory>())) listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<double>((_, seconds, _, _) => waited.Add(seconds));
        meters.Start();

        for (int number = 0; number < 20; number++)
        {
            DataAsset asset = Examples.StrokeImages();
            asset.Id = $"asset-{number:00}";
            await _host.HearOfAsync(asset);
        }
        await _host.Client(channel => new NeedService.NeedServiceClient(channel)).CreateNeedAsync(
            new CreateNeedRequest { Need = Examples.HelpAfterStroke() }, MatchingHost.As("planner", "kommune-beispiel"));
        await Eventually.True(() => waited.Count >= 21, "every item was matched and counted");

        double[] sorted = [.. waited.Order()];
        output.WriteLine($"from new to matched and announced: median {sorted[10] * 1000:F0} ms, slowest of {sorted.Length} {sorted[^1] * 1000:F0} ms");
        Assert.All(sorted, seconds => Assert.InRange(seconds, 0, 60));
    }

    [Fact]
    public async Task What_waits_to_be_matched_outlives_a_restart()
    {
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()));
        await _host.HearOfAsync(Examples.StrokeImages());
        await _host.RestartAsync();

        Assert.Equal("asset-stroke", (await FirstAsync()).Proposal.DataAssetId);
    }

    private async Task<Match> MatchedAsync()
    {
        await _host.HearOfAsync(Examples.WithPurpose(Examples.Segmentation()));
        await _host.HearOfAsync(Examples.StrokeImages());
        return await FirstAsync();
    }

    private Task<Match> FirstAsync() => Eventually.Find(async () => await AllAsync() is [var first, ..] ? first : null, "a match was found");

    private Task<Match> FirstWithCompetenceAsync() => Eventually.Find(
        async () => (await AllAsync()).FirstOrDefault(match => match.Proposal.CompetenceId.Length > 0), "a match with a competence was found");

    private async Task<IReadOnlyList<Match>> AllAsync() =>
        (await Matches().ListMatchesAsync(new ListMatchesRequest(), MatchingHost.As("operator", "koordinierungsstelle-beispiel"))).Matches;

    private Task<Match> InStateAsync(string id, State state) => Eventually.Find(
        async () => await GetAsync(id, "operator", "koordinierungsstelle-beispiel") is var match && match.State == state ? match : null, $"the match is {state}");

    /// <summary>A need that is stated now is matched after everything that waited before it.</summary>
    private async Task NothingWaitsAsync()
    {
        var needs = _host.Client(channel => new NeedService.NeedServiceClient(channel));
        Need need = await needs.CreateNeedAsync(new CreateNeedRequest { Need = Examples.HelpAfterStroke() }, MatchingHost.As("planner", "kommune-beispiel"));
        var ofNeed = new ListMatchesRequest { ItemId = need.Id };
        await Eventually.True(
            async () => (await Matches().ListMatchesAsync(ofNeed, MatchingHost.As("operator"))).Matches.Count > 0, "the need was matched");
        await needs.CloseNeedAsync(
            new CloseNeedRequest { Id = need.Id, State = Need.Types.State.Withdrawn, Reason = Examples.Text("Nur geprüft.", "Only a check.") }, MatchingHost.As("planner", "kommune-beispiel"));
    }

    private async Task<Match> GetAsync(string id, string role, string organisation) =>
        await Matches().GetMatchAsync(new GetMatchRequest { Id = id }, MatchingHost.As(role, organisation));

    private async Task<Match> AnswerAsync(string id, string organisation, bool accept, Reason reason = Reason.Unspecified) =>
        await Matches().AnswerMatchAsync(new AnswerMatchRequest { Id = id, Accept = accept, Reason = reason }, MatchingHost.As("developer", organisation));

    private async Task<Digest> DigestAsync(Timestamp? since) =>
        await Matches().GetDigestAsync(new GetDigestRequest { Since = since }, MatchingHost.As("data-holder", Clinic));

    private async Task SettingsAsync(string organisation, MatchingSettings settings, string role = "developer", string? of = null)
    {
        settings.OrganisationId = organisation;
        await Matches().UpdateMatchingSettingsAsync(new UpdateMatchingSettingsRequest { Settings = settings }, MatchingHost.As(role, of ?? organisation));
    }

    private async Task<IReadOnlyList<Proposal>> ProposedForAsync(string asset) => (await _host.Grpc().ProposeCompetencesAsync(
        new ProposeCompetencesRequest { DataAssetId = asset, Purpose = Examples.Research }, MatchingHost.As("analyst"))).Proposals;

    private MatchService.MatchServiceClient Matches() => _host.Client(channel => new MatchService.MatchServiceClient(channel));
}
