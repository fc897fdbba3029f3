using System.Security.Cryptography;
using Ecosystem.Grpc;
using Ecosystem.Matching.Proposals;
using Ecosystem.Matching.Rules;
using Ecosystem.Matching.Standing;
using Ecosystem.Matching.V1;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Participation = Ecosystem.Matching.V1.MatchingSettings.Types.Participation;

namespace Ecosystem.Matching.Participants;

/// <summary>An organisation says how it takes part. When it opts out or leaves, its matches end with it, and the other side reads why.</summary>
internal sealed class TakePart(IDocumentStore store, ParticipantBook participants, MatchRegister matches)
{
    private const int LargestCapacity = 10_000;
    private const int MostAttempts = 100;

    private static readonly HashSet<string> Settable = new(StringComparer.Ordinal) { "participation", "capacity", "available", "digest" };

    public async Task<MatchingSettings> GetAsync(string organisation, Caller caller, CancellationToken ct)
    {
        if (!caller.Has("auditor")) caller.RefuseUnlessAnswersFor(organisation, "way of taking part");
        await using IDocumentSession session = store.OpenSession();
        return Present(await ParticipantBook.LoadAsync(session, organisation, ct));
    }

    public async Task<MatchingSettings> UpdateAsync(MatchingSettings? wanted, FieldMask? fields, Caller caller, CancellationToken ct)
    {
        wanted ??= new MatchingSettings();
        var violations = new Violations("settings");
        violations.RequireLine("organisation_id", wanted.OrganisationId, longest: 200);
        violations.ThrowIfAny("The settings name no organisation.");
        caller.RefuseUnlessAnswersFor(wanted.OrganisationId, "way of taking part");

        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await TryUpdateAsync(wanted, fields, caller, ct) is { } saved) return saved;
        }
        throw RichStatus.Aborted("TOO_MANY_WRITERS", "Others were faster too often. Nothing was changed; try again.");
    }

    /// <summary>Null when something else was saved first: a match that began or ended, or what another person set. Which of them, the etag tells at the next attempt.</summary>
    private async Task<MatchingSettings?> TryUpdateAsync(MatchingSettings wanted, FieldMask? fields, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        ParticipantDocument participant = await ParticipantBook.LoadAsync(session, wanted.OrganisationId, ct);
        MatchingSettings before = participant.Settings;
        MatchingSettings changed = before.Clone();
        var violations = new Violations("settings");
        FieldMaskUpdate.Apply(wanted, changed, fields, Settable, violations);
        Check(changed, violations);
        bool wasLeft = before.Participation == Participation.Left;
        if ((wasLeft || changed.Participation == Participation.Left) && changed.Participation != before.Participation && !caller.Has("operator"))
        {
            throw RichStatus.PermissionDenied("NOT_AN_OPERATOR", "Only operators let an organisation leave or come back. To opt out, use PARTICIPATION_PAUSED.");
        }

        if (wanted.Etag.Length > 0 && wanted.Etag != EtagOf(before)) throw new ConcurrencyException(participant.Id, EtagOf(before));
        participant.Settings = changed;
        IReadOnlyList<ParticipantDocument> free = [];
        if (changed.Participation is Participation.Paused or Participation.Left)
        {
            free = await matches.WithdrawAllAsync(session, wanted.OrganisationId, Labels.Text(
                "Eine der beiden Organisationen nimmt an der Vermittlung nicht mehr teil.", "One of the two organisations takes no part in matching any more."), ct);
            changed.BusyWith = 0;
        }
        participants.Change(session, participant, before);
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (ConcurrencyException)
        {
            return null;
        }
        foreach (ParticipantDocument one in free.Append(participant)) participants.Put(one);
        return Present(participant);
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

    private static MatchingSettings Present(ParticipantDocument participant) => new(participant.Settings) { Etag = EtagOf(participant.Settings) };

    /// <summary>Follows what people set alone. That a match began or ended, or that matching took its mark away, must not refuse a form that somebody has open.</summary>
    private static string EtagOf(MatchingSettings settings) =>
        Convert.ToHexStringLower(SHA256.HashData(new MatchingSettings(settings) { Etag = "", BusyWith = 0 }.ToByteArray()).AsSpan(0, 16));
}
