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
        if (!_known.TryGetValue(organisation, out ParticipantDocument? known)) return true;
        MatchingSettings settings = known.Settings;
        DateTimeOffset now = time.GetUtcNow();
        return TakesPart(organisation)
            && (settings.Capacity == 0 || settings.BusyWith < settings.Capacity)
            && (settings.Available?.Start is not { } start || start.ToDateTimeOffset() <= now)
            && (settings.Available?.End is not { } end || end.ToDateTimeOffset() > now);
    }

    /// <summary>The document of an organisation in this session; a new one where it said nothing yet.</summary>
    public static async Task<ParticipantDocument> LoadAsync(IDocumentSession session, string organisation, CancellationToken ct) =>
        await session.LoadAsync<ParticipantDocument>(organisation, ct)
        ?? new ParticipantDocument
        {
            Id = organisation, Settings = new MatchingSettings { OrganisationId = organisation, Participation = Participation.Active },
        };

    /// <summary>Counts the change; call <see cref="Put"/> after it is saved.</summary>
    public void Change(IDocumentSession session, ParticipantDocument participant)
    {
        participant.Version++;
        participant.KeptAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        session.Store(participant);
    }

    /// <summary>Both sides of a match take on one more, or have one less to see to.</summary>
    public async Task<IReadOnlyList<ParticipantDocument>> BusyAsync(IDocumentSession session, IEnumerable<string> organisations, int by, CancellationToken ct)
    {
        var changed = new List<ParticipantDocument>();
        foreach (string organisation in organisations)
        {
            ParticipantDocument participant = await LoadAsync(session, organisation, ct);
            participant.Settings.BusyWith = Math.Max(0, participant.Settings.BusyWith + by);
            Change(session, participant);
            changed.Add(participant);
        }
        return changed;
    }
}
