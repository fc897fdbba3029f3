using Ecosystem.Matching.Participants;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Reason = Ecosystem.Matching.V1.MatchAnswer.Types.DeclineReason;
using State = Ecosystem.Matching.V1.Match.Types.State;

namespace Ecosystem.Matching.Standing;

/// <summary>The two organisations say yes or no, and later what came of it.</summary>
internal sealed class AnswerMatch(MatchRegister register, ParticipantBook participants, TimeProvider time)
{
    public async Task<Match> AnswerAsync(AnswerMatchRequest request, Caller caller, CancellationToken ct)
    {
        CheckOrRefuse(request);
        string organisation = caller.OrganisationOrRefuse();
        await using IDocumentSession session = register.OpenSession();
        MatchDocument document = await MatchRegister.FindAsync(session, request.Id, caller, ct);
        if (!document.Organisations.Contains(organisation, StringComparer.Ordinal)) throw Refusals.Unknown("match", request.Id);
        if (document.Match.State != State.Open) throw Refusals.WrongState("match", document.Match.State, "only an open match can be answered");

        session.Expect(document, request.Etag);
        Match match = document.Match;
        if (match.Answers.FirstOrDefault(answer => answer.OrganisationId == organisation) is { } before) match.Answers.Remove(before);
        match.Answers.Add(new MatchAnswer
        {
            OrganisationId = organisation, Accepted = request.Accept, Reason = request.Reason, Note = request.Note, Time = time.GetUtcNow().ToTimestamp(),
        });
        IReadOnlyList<ParticipantDocument> busy = [];
        if (!request.Accept)
        {
            match.State = State.Declined;
            match.StateReason = Labels.Text("Eine der beiden Organisationen hat abgelehnt.", "One of the two organisations declined.");
        }
        else if (match.Answers.Count(answer => answer.Accepted) == 2)
        {
            match.State = State.Accepted;
            match.StateReason = Labels.Text("Beide Organisationen haben zugesagt.", "Both organisations said yes.");
            busy = await participants.BusyAsync(session, document.Organisations, by: 1, ct);
        }
        register.Change(session, document);
        await session.SaveChangesAsync(ct);
        foreach (ParticipantDocument participant in busy) participants.Put(participant);
        return MatchRegister.Present(session, document);
    }

    public async Task<Match> ReportAsync(ReportOutcomeRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        violations.Unless(
            request.Kind != MatchOutcome.Types.Kind.Unspecified && System.Enum.IsDefined(request.Kind),
            "kind",
            "Say what came of it: KIND_AGREEMENT, KIND_COOPERATION or KIND_NOTHING.",
            "Sagen Sie, was daraus wurde: KIND_AGREEMENT (Vereinbarung), KIND_COOPERATION (Zusammenarbeit) oder KIND_NOTHING (nichts).");
        if (request.Note.Length > 0) violations.RequireLine("note", request.Note, Lengths.Reason);
        violations.ThrowIfAny("The outcome cannot be told so.");

        await using IDocumentSession session = register.OpenSession();
        MatchDocument document = await MatchRegister.FindAsync(session, request.Id, caller, ct);
        if (document.Match.State != State.Accepted) throw Refusals.WrongState("match", document.Match.State, "only an accepted match has an outcome");
        IReadOnlyList<ParticipantDocument> free = document.Match.Outcome is null ? await participants.BusyAsync(session, document.Organisations, by: -1, ct) : [];
        document.Match.Outcome = new MatchOutcome { Kind = request.Kind, Note = request.Note, Time = time.GetUtcNow().ToTimestamp() };
        register.Change(session, document);
        await session.SaveChangesAsync(ct);
        foreach (ParticipantDocument participant in free) participants.Put(participant);
        return MatchRegister.Present(session, document);
    }

    private static void CheckOrRefuse(AnswerMatchRequest request)
    {
        var violations = new Violations();
        violations.Unless(
            System.Enum.IsDefined(request.Reason) && request.Accept == (request.Reason == Reason.Unspecified),
            "reason",
            "Who declines says why, for example DECLINE_REASON_NOT_RELEVANT; who accepts gives no reason.",
            "Wer ablehnt, sagt warum, zum Beispiel DECLINE_REASON_NOT_RELEVANT (passt nicht); wer zusagt, nennt keinen Grund.");
        if (request.Note.Length > 0 || request.Reason == Reason.Other) violations.RequireLine("note", request.Note, Lengths.Reason);
        violations.ThrowIfAny("The match cannot be answered so.");
    }
}
