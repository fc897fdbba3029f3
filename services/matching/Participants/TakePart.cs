using Ecosystem.Grpc;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Participation = Ecosystem.Matching.V1.MatchingSettings.Types.Participation;

namespace Ecosystem.Matching.Participants;

/// <summary>An organisation says how it takes part. When it opts out or leaves, its matches end with it, and the other side reads why.</summary>
internal sealed class TakePart(IDocumentStore store, ParticipantBook participants, MatchRegister matches)
{
    private const int LargestCapacity = 10_000;

    private static readonly HashSet<string> Settable = new(StringComparer.Ordinal) { "participation", "capacity", "available", "digest" };

    public async Task<MatchingSettings> GetAsync(string organisation, Caller caller, CancellationToken ct)
    {
        if (!caller.Has("auditor")) caller.RefuseUnlessAnswersFor(organisation, "way of taking part");
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await ParticipantBook.LoadAsync(session, organisation, ct));
    }

    public async Task<MatchingSettings> UpdateAsync(MatchingSettings? wanted, FieldMask? fields, Caller caller, CancellationToken ct)
    {
        wanted ??= new MatchingSettings();
        var violations = new Violations("settings");
        violations.RequireLine("organisation_id", wanted.OrganisationId, longest: 200);
        violations.ThrowIfAny("The settings name no organisation.");
        caller.RefuseUnlessAnswersFor(wanted.OrganisationId, "way of taking part");

        await using IDocumentSession session = store.OpenSession();
        ParticipantDocument participant = await ParticipantBook.LoadAsync(session, wanted.OrganisationId, ct);
        MatchingSettings changed = participant.Settings.Clone();
        FieldMaskUpdate.Apply(wanted, changed, fields, Settable, violations);
        Check(changed, violations);
        bool wasLeft = participant.Settings.Participation == Participation.Left;
        if ((wasLeft || changed.Participation == Participation.Left) && changed.Participation != participant.Settings.Participation && !caller.Has("operator"))
        {
            throw RichStatus.PermissionDenied("NOT_AN_OPERATOR", "Only operators let an organisation leave or come back. To opt out, use PARTICIPATION_PAUSED.");
        }

        if (session.EtagOf(participant) is not null) session.Expect(participant, wanted.Etag);
        MatchingSettings before = participant.Settings;
        participant.Settings = changed;
        if (changed.Participation is Participation.Paused or Participation.Left)
        {
            await matches.WithdrawAllAsync(session, wanted.OrganisationId, Labels.Text(
                "Eine der beiden Organisationen nimmt an der Vermittlung nicht mehr teil.", "One of the two organisations takes no part in matching any more."), ct);
            changed.BusyWith = 0;
        }
        participants.Change(session, participant, before);
        await session.SaveChangesAsync(ct);
        participants.Put(participant);
        return Present(session, participant);
    }

    private static void Check(MatchingSettings settings, Violations violations)
    {
        violations.Unless(
            System.Enum.IsDefined(settings.Participation),
            "participation",
            "PARTICIPATION_ACTIVE, PARTICIPATION_PAUSED or PARTICIPATION_LEFT.",
            "PARTICIPATION_ACTIVE (nimmt teil), PARTICIPATION_PAUSED (setzt aus) oder PARTICIPATION_LEFT (ausgeschieden).");
        violations.Unless(
            settings.Capacity is >= 0 and <= LargestCapacity,
            "capacity",
            $"0 (no limit) to {LargestCapacity} matches at a time.",
            $"0 (unbegrenzt) bis {LargestCapacity} Vermittlungen zugleich.");
        violations.Unless(
            System.Enum.IsDefined(settings.Digest),
            "digest",
            "RHYTHM_DAILY, RHYTHM_WEEKLY or RHYTHM_NEVER.",
            "RHYTHM_DAILY (täglich), RHYTHM_WEEKLY (wöchentlich) oder RHYTHM_NEVER (nie).");
        violations.CheckPeriod("available", settings.Available);
        violations.ThrowIfAny("The settings are wrong.");
    }

    private static MatchingSettings Present(IDocumentSession session, ParticipantDocument participant)
    {
        MatchingSettings settings = participant.Settings.Clone();
        settings.Etag = session.EtagOf(participant) ?? "";
        return settings;
    }
}
