using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Messaging;

namespace Ecosystem.Matching.Profiles;

/// <summary>
/// Keeps the profile of a data asset as the catalogue tells of it. All events carry the whole asset and one count of versions, so the newest
/// counts, in whatever order they arrive. What is deprecated or withdrawn is kept too, so that an older event does not bring it back.
/// </summary>
internal sealed class KeepDataAsset(ProfileIndex index, TimeProvider time) : IEventHandler<DataAssetPublished>, IEventHandler<OfferAttached>, IEventHandler<DataAssetDeprecated>, IEventHandler<DataAssetWithdrawn>
{
    public Task HandleAsync(DataAssetPublished @event, EventContext context, CancellationToken ct) => KeepAsync(@event.DataAsset, @event.Version, context, ct);

    public Task HandleAsync(OfferAttached @event, EventContext context, CancellationToken ct) => KeepAsync(@event.DataAsset, @event.Version, context, ct);

    public Task HandleAsync(DataAssetDeprecated @event, EventContext context, CancellationToken ct) => KeepAsync(@event.DataAsset, @event.Version, context, ct);

    public Task HandleAsync(DataAssetWithdrawn @event, EventContext context, CancellationToken ct) => KeepAsync(@event.DataAsset, @event.Version, context, ct);

    private async Task KeepAsync(DataAsset asset, long version, EventContext context, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(asset?.Id)) throw new FormatException($"The event {context.Type} {context.Key.Id} carries no data asset with an id.");
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        DataAssetProfile? profile = await context.Session.LoadAsync<DataAssetProfile>(asset.Id, ct);
        if (profile is null)
        {
            profile = new DataAssetProfile { Id = asset.Id, Version = version, KeptAt = now, Asset = asset };
        }
        else if (profile.Version < version)
        {
            (profile.Version, profile.KeptAt, profile.Asset) = (version, now, asset);
        }
        else
        {
            return;
        }
        profile.WaitsSince = now;
        context.Session.Store(profile);

        // Should the transaction fail, the index is ahead of the store by a fact that is true all the same and that will be delivered again.
        index.Put(profile);
    }
}
