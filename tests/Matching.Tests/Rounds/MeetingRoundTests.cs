using Ecosystem.Grpc;
using Ecosystem.Matching.Tests.Alliance;
using Ecosystem.Matching.V1;
using Grpc.Core;
using Aim = Ecosystem.Matching.V1.MeetingRound.Types.Aim;
using State = Ecosystem.Matching.V1.MeetingRound.Types.State;

namespace Ecosystem.Matching.Tests.Rounds;

/// <summary>A matchmaking event: wishes in, a plan out.</summary>
public sealed class MeetingRoundTests(MatchingHost host) : IClassFixture<MatchingHost>
{
    private readonly MeetingRoundService.MeetingRoundServiceClient _rounds = host.Client(channel => new MeetingRoundService.MeetingRoundServiceClient(channel));

    [Theory]
    [InlineData(Aim.Stable)]
    [InlineData(Aim.BestTotal)]
    public async Task Those_who_name_each_other_meet(Aim aim)
    {
        MeetingRound round = await OpenAsync(new MeetingRound { Title = Examples.Text("Daten treffen KI", "Data meet AI"), Slots = 2, MostMeetings = 1, Aim = aim });
        await WishAsync(round.Id, "klinikum", MeetingSide.Host, "team-a", "team-b");
        await WishAsync(round.Id, "kasse", MeetingSide.Host, "team-a");
        await WishAsync(round.Id, "team-a", MeetingSide.Guest, "kasse", "klinikum");
        await WishAsync(round.Id, "team-b", MeetingSide.Guest, "kasse", "klinikum");
        StateWishesResponse again = await WishAsync(round.Id, "kasse", MeetingSide.Host, "team-a", "team-b");

        MeetingRound planned = await PlanAsync(round.Id);

        Assert.Equal(4, again.Participants);
        Assert.Equal((State.Planned, 4, 0), (planned.State, planned.Participants, planned.Report.WithoutMeeting));
        Assert.Equal([("kasse", "team-a"), ("klinikum", "team-b")], planned.Meetings.Select(meeting => (meeting.HostId, meeting.GuestId)).Order());
        Assert.Equal("WRONG_STATE", RichStatus.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => WishAsync(round.Id, "spaet", MeetingSide.Host, "team-a")))!.Reason);
    }

    [Fact]
    public async Task Only_organisers_open_and_plan_rounds_and_are_told_everything_that_is_wrong()
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(new MeetingRound { Slots = 51 }));

        Assert.Equal(
            ["meeting_round.title", "meeting_round.slots", "meeting_round.aim"],
            RichStatus.Detail<Google.Rpc.BadRequest>(RichStatus.Of(refusal))!.FieldViolations.Select(violation => violation.Field));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(
            async () => await _rounds.PlanMeetingRoundAsync(new PlanMeetingRoundRequest { Id = "any" }, MatchingHost.As("developer")))).StatusCode);
    }

    private async Task<MeetingRound> OpenAsync(MeetingRound round) =>
        await _rounds.CreateMeetingRoundAsync(new CreateMeetingRoundRequest { MeetingRound = round }, MatchingHost.As("operator"));

    private async Task<MeetingRound> PlanAsync(string id) => await _rounds.PlanMeetingRoundAsync(new PlanMeetingRoundRequest { Id = id }, MatchingHost.As("operator"));

    private async Task<StateWishesResponse> WishAsync(string id, string organisation, MeetingSide side, params string[] wishes) =>
        await _rounds.StateWishesAsync(new StateWishesRequest { Id = id, Side = side, Wishes = { wishes } }, MatchingHost.As("developer", organisation));
}
