using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Ecosystem.Messaging;

namespace Ecosystem.Policy.Offers;

/// <summary>Keeps the terms of every data asset up to date.</summary>
internal sealed class FollowOffers : IEventHandler<DataAssetPublished>, IEventHandler<OfferAttached>
{
    public Task HandleAsync(DataAssetPublished @event, EventContext context, CancellationToken ct) =>
        FollowAsync(@event.DataAsset, @event.Version, context, ct);

    public Task HandleAsync(OfferAttached @event, EventContext context, CancellationToken ct) =>
        FollowAsync(@event.DataAsset, @event.Version, context, ct);

    private static async Task FollowAsync(DataAsset asset, long version, EventContext context, CancellationToken ct)
    {
        var known = await context.Session.LoadAsync<OfferDocument>(asset.Id, ct);
        if (known is not null && known.Version >= version)
            return;
        // Terms without a holder bind nobody; an operator finds the event among the dead letters, with this sentence.
        if (asset.Holder is not { Id.Length: > 0 } holder)
            throw new InvalidDataException($"The data asset '{asset.Id}' names no holder, so nobody could grant its use.");
        context.Session.Store(new OfferDocument
        {
            DataAssetId = asset.Id,
            HolderId = holder.Id,
            HolderName = holder.Name,
            Identifier = asset.Identifier,
            Terms = asset.Offer is { PolicyJson.Length: > 0 } offer
                ? new(offer.Id, offer.PolicyJson, PolicyText.Sha256(offer.PolicyJson))
                : null,
            Version = version,
        });
    }
}
