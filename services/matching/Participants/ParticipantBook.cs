using System.Collections.Concurrent;
using Ecosystem.Matching.V1;
using Ecosystem.Storage;
using Participation = Ecosystem.Matching.V1.MatchingSettings.Types.Participation;

namespace Ecosystem.Matching.Participants;

/// <summary>Who can be proposed at present. An organisation that said nothing always can.</summary>
internal sealed class ParticipantBook(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ParticipantDocument> _known = new(StringComparer.Ordinal);

    public void Put(ParticipantDocument participant) =>
        _known.AddOrUpdate(participant.Id, participant, (_, known) => known.Version < participant.Version ? participant : known);

    /// <summary>Whether it did not opt out and did not leave.</summary>
    public bool TakesPart(string organisation) =>
        !_known.TryGetValue(organisation, out ParticipantDocument? known) || known.Settings.Participation is not (Participation.Paused or Participation.Left);

    /// <summary>Whether it takes part, is there now, and has room for one more.</summary>
    public bool IsAvailable(string organisation)
    {
        DateTimeOffset now = time.GetUtcNow();
        return !_known.TryGetValue(organisation, out ParticipantDocument? known) || AvailableFrom(known.Settings, now) <= now;
    }

    /// <summary>The document of an organisation in this session; a new one where it said nothing yet.</summary>
    public static async Task<ParticipantDocument> LoadAsync(IDocumentSession session, string organisation, CancellationToken ct) =>
        await session.LoadAsync<ParticipantDocument>(organisation, ct)
        ?? new ParticipantDocument
        {
            Id = organisation, Settings = new MatchingSettings { OrganisationId = organisation, Participation = Participation.Active },
        };

    /// <summary>Counts the change and notes whether it can be proposed again; call <see cref="Put"/> after it is saved.</summary>
    public void Change(IDocumentSession session, ParticipantDocument participant, MatchingSettings before)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? from = AvailableFrom(participant.Settings, now);
        if (from is null) participant.WaitsSince = null;
        else if (from != AvailableFrom(before, now)) participant.WaitsSince = from.Value.ToUnixTimeMilliseconds();
        participant.Version++;
        participant.KeptAt = now.ToUnixTimeMilliseconds();
        session.Store(participant);
    }

    /// <summary>Both sides of a match take on one more, or have one less to see to.</summary>
    public async Task<IReadOnlyList<ParticipantDocument>> BusyAsync(IDocumentSession session, IEnumerable<string> organisations, int by, CancellationToken ct)
    {
        var changed = new List<ParticipantDocument>();
        foreach (string organisation in organisations)
        {
            ParticipantDocument participant = await LoadAsync(session, organisation, ct);
            MatchingSettings before = participant.Settings.Clone();
            participant.Settings.BusyWith = Math.Max(0, participant.Settings.BusyWith + by);
            Change(session, participant, before);
            changed.Add(participant);
        }
        return changed;
    }

    /// <summary>When it can be proposed: now, from a moment to come, or not at all as things stand.</summary>
    private static DateTimeOffset? AvailableFrom(MatchingSettings settings, DateTimeOffset now)
    {
        if (settings.Participation is Participation.Paused or Participation.Left) return null;
        if (settings.Capacity > 0 && settings.BusyWith >= settings.Capacity) return null;
        if (settings.Available?.End is { } end && end.ToDateTimeOffset() <= now) return null;
        return settings.Available?.Start is { } start && start.ToDateTimeOffset() is var from && from > now ? from : now;
    }
}
