using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Messaging;

namespace Ecosystem.Matching.Profiles;

/// <summary>Keeps the profile of a competence as the catalogue tells of it; the newest version counts.</summary>
internal sealed class KeepCompetence(ProfileIndex index, TimeProvider time) : IEventHandler<CompetencePublished>
{
    public async Task HandleAsync(CompetencePublished @event, EventContext context, CancellationToken ct)
    {
        Competence competence = @event.Competence;
        if (string.IsNullOrEmpty(competence?.Id)) throw new FormatException($"The event {context.Type} {context.Key.Id} carries no competence with an id.");
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        CompetenceProfile? profile = await context.Session.LoadAsync<CompetenceProfile>(competence.Id, ct);
        if (profile is null)
        {
            profile = new CompetenceProfile { Id = competence.Id, Version = @event.Version, KeptAt = now, Competence = competence };
        }
        else if (profile.Version < @event.Version)
        {
            (profile.Version, profile.KeptAt, profile.Competence) = (@event.Version, now, competence);
        }
        else
        {
            return;
        }
        profile.WaitsSince = now;
        context.Session.Store(profile);

        // As in KeepDataAsset: ahead of the store at worst, never wrong.
        index.Put(profile);
    }
}
