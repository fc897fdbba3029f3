using Ecosystem.Matching.Events.V1;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using State = Ecosystem.Matching.V1.MeetingRound.Types.State;

namespace Ecosystem.Matching.Rounds;

/// <summary>The methods of <c>ecosystem.matching.v1.MeetingRoundService</c>.</summary>
internal sealed class MeetingRounds(IDocumentStore store, IIdSource ids, TimeProvider time) : MeetingRoundService.MeetingRoundServiceBase
{
    private const int MostSlots = 50;
    private const int MostWishes = 200;
    private const int MostParticipants = 2_000;

    public override async Task<MeetingRound> CreateMeetingRound(CreateMeetingRoundRequest request, ServerCallContext context)
    {
        MeetingRound wanted = request.MeetingRound ?? new MeetingRound();
        CheckOrRefuse(wanted);
        var round = new MeetingRound
        {
            Id = ids.Next(), Title = wanted.Title, Slots = wanted.Slots, MostMeetings = wanted.MostMeetings, Aim = wanted.Aim,
            State = State.Open, CreateTime = time.GetUtcNow().ToTimestamp(),
        };
        await using IDocumentSession session = store.OpenSession();
        return await SaveAsync(session, new RoundDocument { Id = round.Id, Round = round }, context.CancellationToken);
    }

    public override async Task<MeetingRound> GetMeetingRound(GetMeetingRoundRequest request, ServerCallContext context)
    {
        await using IDocumentSession session = store.OpenSession();
        RoundDocument document = await FindAsync(session, request.Id, context.CancellationToken);
        MeetingRound round = Present(session, document);
        if (round.State == State.Open) round.Participants = (int)await CountAsync(session, document.Id, context.CancellationToken);
        return round;
    }

    public override async Task<StateWishesResponse> StateWishes(StateWishesRequest request, ServerCallContext context)
    {
        string organisation = context.GetCaller().OrganisationOrRefuse();
        var violations = new Violations();
        violations.Unless(
            request.Side is MeetingSide.Host or MeetingSide.Guest,
            "side",
            "Say on which side the organisation is: MEETING_SIDE_HOST or MEETING_SIDE_GUEST.",
            "Sagen Sie, auf welcher Seite die Organisation steht: MEETING_SIDE_HOST oder MEETING_SIDE_GUEST.");
        violations.CheckWords("wishes", request.Wishes, Lengths.Word, MostWishes);
        violations.ThrowIfAny("The wishes are incomplete or wrong.");

        CancellationToken ct = context.CancellationToken;
        await using IDocumentSession session = store.OpenSession();
        RoundDocument round = await FindOpenAsync(session, request.Id, ct);
        var wishes = new RoundWishes(organisation, request.Side, [.. request.Wishes.Distinct(StringComparer.Ordinal)]);
        string id = WishesDocument.IdOf(round.Id, organisation);
        WishesDocument? stated = await session.LoadAsync<WishesDocument>(id, ct);
        long before = await CountAsync(session, round.Id, ct);
        violations.Unless(
            stated is not null || before < MostParticipants,
            "id",
            $"The round is full: {MostParticipants} organisations have joined.",
            $"Die Runde ist voll: {MostParticipants} Organisationen nehmen teil.");
        violations.ThrowIfAny("The round is full.");
        if (stated is null) stated = new WishesDocument { Id = id, RoundId = round.Id, Wishes = wishes };
        else stated.Wishes = wishes;
        session.Store(stated);
        await session.SaveChangesAsync(ct);
        return new StateWishesResponse { Participants = (int)await CountAsync(session, round.Id, ct) };
    }

    public override async Task<MeetingRound> PlanMeetingRound(PlanMeetingRoundRequest request, ServerCallContext context)
    {
        CancellationToken ct = context.CancellationToken;
        await using IDocumentSession session = store.OpenSession();
        RoundDocument document = await FindOpenAsync(session, request.Id, ct);
        var wishes = new List<RoundWishes>();
        await foreach (WishesDocument one in session.StreamAsync(WishesOf(document.Id), ct)) wishes.Add(one.Wishes);
        (IReadOnlyList<Meeting> meetings, PlanReport report) = RoundPlanner.Plan(document.Round, wishes);
        document.Round.Meetings.AddRange(meetings);
        (document.Round.State, document.Round.Report, document.Round.Participants) = (State.Planned, report, wishes.Count);
        return await SaveAsync(session, document, ct);
    }

    private static void CheckOrRefuse(MeetingRound round)
    {
        var violations = new Violations("meeting_round");
        violations.RequireText("title", round.Title, Lengths.Title);
        violations.Unless(round.Slots is >= 1 and <= MostSlots, "slots", $"A round has 1 to {MostSlots} slots.", $"Eine Runde hat 1 bis {MostSlots} Zeitfenster.");
        violations.Unless(
            round.MostMeetings is >= 0 and <= MostSlots,
            "most_meetings",
            $"0 (as many as slots) to {MostSlots}.",
            $"0 (so viele wie Zeitfenster) bis {MostSlots}.");
        violations.Unless(
            round.Aim is MeetingRound.Types.Aim.Stable or MeetingRound.Types.Aim.BestTotal,
            "aim",
            "Say what the plan aims at: AIM_STABLE or AIM_BEST_TOTAL.",
            "Sagen Sie, was der Plan erreichen soll: AIM_STABLE (niemand hat Grund zu tauschen) oder AIM_BEST_TOTAL (zusammen am besten).");
        violations.ThrowIfAny("The round is incomplete or wrong.");
    }

    private static DocumentQuery<WishesDocument> WishesOf(string round) => DocumentQuery.For(WishesDocument.Type).Where("round", round);

    private static async Task<long> CountAsync(IDocumentSession session, string round, CancellationToken ct) =>
        (await session.QueryAsync(WishesOf(round).Page(1), ct)).TotalSize;

    private static async Task<RoundDocument> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        (id.Length == 0 ? null : await session.LoadAsync<RoundDocument>(id, ct)) ?? throw Refusals.Unknown("meeting round", id);

    private static async Task<RoundDocument> FindOpenAsync(IDocumentSession session, string id, CancellationToken ct) =>
        await FindAsync(session, id, ct) is { Round.State: State.Open } open ? open : throw Refusals.WrongState("meeting round", State.Planned, "it takes no more wishes");

    private async Task<MeetingRound> SaveAsync(IDocumentSession session, RoundDocument document, CancellationToken ct)
    {
        document.Version++;
        document.Round.UpdateTime = time.GetUtcNow().ToTimestamp();
        session.Store(document);
        session.Publish(new MeetingRoundChanged { MeetingRound = document.Round.Clone(), Version = document.Version }, document.Id);
        await session.SaveChangesAsync(ct);
        return Present(session, document);
    }

    private static MeetingRound Present(IDocumentSession session, RoundDocument document)
    {
        MeetingRound round = document.Round.Clone();
        round.Etag = session.EtagOf(document) ?? "";
        return round;
    }
}
