using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Messaging;

namespace Ecosystem.Matching.Profiles;

/// <summary>Keeps the profile of a solution as the catalogue tells of it; the newest version counts.</summary>
internal sealed class KeepSolution(ProfileIndex index, TimeProvider time) : IEventHandler<SolutionPublished>, IEventHandler<SolutionRemoved>
{
    public Task HandleAsync(SolutionPublished @event, EventContext context, CancellationToken ct) =>
        KeepAsync(@event.Solution, @event.Version, removed: false, context, ct);

    public Task HandleAsync(SolutionRemoved @event, EventContext context, CancellationToken ct) =>
        KeepAsync(@event.Solution, @event.Version, removed: true, context, ct);

    private async Task KeepAsync(Solution solution, long version, bool removed, EventContext context, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(solution?.Id)) throw new FormatException($"The event {context.Type} {context.Key.Id} carries no solution with an id.");
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        SolutionProfile? profile = await context.Session.LoadAsync<SolutionProfile>(solution.Id, ct);
        if (profile is null)
        {
            profile = new SolutionProfile { Id = solution.Id, Version = version, KeptAt = now, Removed = removed, Solution = solution };
        }
        else if (profile.Version < version)
        {
            (profile.Version, profile.KeptAt, profile.Removed, profile.Solution) = (version, now, removed, solution);
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
