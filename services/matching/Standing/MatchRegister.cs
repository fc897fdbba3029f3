using Ecosystem.Common.V1;
using Ecosystem.Matching.Events.V1;
using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Standing;

/// <summary>Every change of a match brings version, time and event with it.</summary>
internal sealed class MatchRegister(IDocumentStore store, ParticipantBook participants, TimeProvider time)
{
    public IDocumentSession OpenSession() => store.OpenSession();

    public void Change(IDocumentSession session, MatchDocument match)
    {
        match.Version++;
        match.Match.UpdateTime = time.GetUtcNow().ToTimestamp();
        session.Store(match);
        session.Publish(new MatchChanged { Match = match.Match.Clone(), Version = match.Version }, match.Id);
    }

    /// <summary>Takes back a match that is live; those who have one less to see to, for the book of participants once it is saved.</summary>
    public async Task<IReadOnlyList<ParticipantDocument>> WithdrawAsync(IDocumentSession session, MatchDocument match, LocalizedText reason, CancellationToken ct)
    {
        bool wasUnderWay = match.Match.State == State.Accepted && match.Match.Outcome is null;
        (match.Match.State, match.Match.StateReason) = (State.Withdrawn, reason.Clone());
        Change(session, match);
        return wasUnderWay ? await participants.BusyAsync(session, match.Organisations, by: -1, ct) : [];
    }

    /// <summary>Takes back all live matches of an organisation; the result as in <see cref="WithdrawAsync"/>.</summary>
    public async Task<IReadOnlyList<ParticipantDocument>> WithdrawAllAsync(IDocumentSession session, string organisation, LocalizedText reason, CancellationToken ct)
    {
        var live = new List<string>();
        await foreach (MatchDocument match in session.StreamAsync(Live().Where("organisation", organisation), ct)) live.Add(match.Id);
        var free = new List<ParticipantDocument>();
        foreach (string id in live)
        {
            if (await session.LoadAsync<MatchDocument>(id, ct) is { IsLive: true } match) free.AddRange(await WithdrawAsync(session, match, reason, ct));
        }
        return free;
    }

    public static DocumentQuery<MatchDocument> Live() => DocumentQuery.For(MatchDocument.Type).WhereAny("state", [State.Open, State.Accepted]);

    /// <summary>A match that the caller may see.</summary>
    public static async Task<MatchDocument> FindAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct) =>
        id.Length > 0 && await session.LoadAsync<MatchDocument>(id, ct) is { } match
        && (SeesAll(caller) || (caller.Organisation.Length > 0 && match.Organisations.Contains(caller.Organisation, StringComparer.Ordinal)))
            ? match
            : throw Refusals.Unknown("match", id);

    public static bool SeesAll(Caller caller) => caller.Has("operator") || caller.Has("auditor");

    public static Match Present(IDocumentSession session, MatchDocument document)
    {
        Match match = document.Match.Clone();
        match.Etag = session.EtagOf(document) ?? "";
        return match;
    }
}
