using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.History;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.SavedSearches.Matching;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>The one way in which a data asset is read for change and saved: version, times, event and index go together.</summary>
internal sealed class DataAssetRegister(
    IDocumentStore store, IIdSource ids, TimeProvider time, DataAssetIndex index, RegionalFacts region, TellSavedSearches savedSearches, IOptions<LifeOptions> life)
{
    /// <summary>A new asset; everything that the catalogue decides is set, whatever the holder wrote there.</summary>
    public DataAssetDocument Begin(DataAsset described, Organisation holder)
    {
        DataAsset asset = described.Clone();
        asset.Id = ids.Next();
        asset.Etag = string.Empty;
        asset.Holder = holder;
        asset.Offer = null;
        asset.CreateTime = Now();
        Complete(asset);
        if (asset.Identifier.Length == 0)
        {
            asset.Identifier = $"urn:uuid:{asset.Id}";
        }

        return new DataAssetDocument { Id = asset.Id, Asset = asset };
    }

    /// <summary>What follows from what the holder wrote and from the region; before it is checked.</summary>
    public void Complete(DataAsset asset)
    {
        region.Complete(asset);
        if (asset.State == PublicationState.Unspecified)
        {
            asset.State = PublicationState.Published;
        }

        AreaNames.Fill(asset.Areas);
    }

    /// <summary>An asset as the caller may see it; the draft of somebody else does not exist.</summary>
    public static async Task<DataAssetDocument> FindAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        DataAssetDocument? document = id.Length == 0 ? null : await session.LoadAsync<DataAssetDocument>(id, ct);
        return document is not null && MaySee(document.Asset, caller)
            ? document
            : throw RichStatus.NotFound($"There is no data asset '{FieldRules.Shorten(id)}'.");
    }

    private static bool MaySee(DataAsset asset, Caller caller) =>
        !LifeRules.IsHidden(asset.State)
        || caller.AnswersFor(asset.Holder.Id)
        || (asset.State == PublicationState.Review && caller.IsEditor());

    /// <summary>An asset that the caller may change.</summary>
    public static async Task<DataAssetDocument> FindOwnAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        DataAssetDocument document = await FindAsync(session, id, caller, ct);
        if (!caller.AnswersFor(document.Asset.Holder.Id))
        {
            throw RichStatus.PermissionDenied(
                "NOT_THE_HOLDER",
                $"Only {document.Asset.Holder.Name}, which keeps these data, may change this asset.");
        }

        return document.Asset.State != PublicationState.Withdrawn
            ? document
            : throw RichStatus.FailedPrecondition("WITHDRAWN", "The asset is withdrawn, and that is final. Register it anew if it is offered again.");
    }

    /// <summary>Saves a new or changed asset on behalf of the catalogue itself and tells of it.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public Task<DataAsset> SaveAsync(IDocumentSession session, DataAssetDocument document, CancellationToken ct) => SaveAsync(session, document, by: null, ct);

    /// <summary>Saves a new or changed asset, remembers who did it, and tells of it.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public Task<DataAsset> SaveAsync(IDocumentSession session, DataAssetDocument document, Caller? by, CancellationToken ct) =>
        SaveAsync(session, document, by, reason: null, ct);

    /// <summary>Saves a changed asset, remembers who did it and why, and tells of it.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public Task<DataAsset> SaveAsync(IDocumentSession session, DataAssetDocument document, Caller? by, LocalizedText? reason, CancellationToken ct) =>
        SaveAsync(session, document, by, reason, version => new DataAssetPublished { DataAsset = document.Asset, Version = version }, ct);

    /// <summary>Saves an asset whose terms were attached and tells of that.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public Task<DataAsset> SaveOfferAsync(IDocumentSession session, DataAssetDocument document, Caller by, CancellationToken ct) =>
        SaveAsync(session, document, by, reason: null, version => new OfferAttached { DataAsset = document.Asset, Version = version }, ct);

    /// <summary>The asset as it leaves the catalogue.</summary>
    public static DataAsset Present(IDocumentSession session, DataAssetDocument document)
    {
        DataAsset asset = document.Asset.Clone();
        asset.Etag = session.EtagOf(document) ?? string.Empty;
        return asset;
    }

    public Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private async Task<DataAsset> SaveAsync(
        IDocumentSession session, DataAssetDocument document, Caller? by, LocalizedText? reason, Func<long, IMessage> published, CancellationToken ct)
    {
        DataAsset? before = BeforeOf(document);
        await PathStates.RememberAsync(store, document.Asset, before, ct);
        document.Version++;
        WhatFollows.Date(document.Asset, before, Now(), life.Value.CheckEvery);
        WhatFollows.Assess(document.Asset);
        session.Store(document);
        session.Store(DataAssetChangeDocument.Of(document, before, by, reason));
        if (WhatFollows.FactOf(document, before, published) is { } fact)
        {
            session.Publish(fact, document.Id);
        }

        await savedSearches.AddAsync(session, document, before, ct);
        await SaveUniqueAsync(session, document.Asset, ct);
        index.Put(document);
        return Present(session, document);
    }

    /// <summary>What was read. Should somebody have changed it since, the save fails by its etag, so the history holds no wrong step.</summary>
    private static DataAsset? BeforeOf(DataAssetDocument document) => document.Version == 0
        ? null
        : document.Before ?? throw new InvalidOperationException("An asset that is stored is changed by Become, or the history could not say what changed.");

    private static async Task SaveUniqueAsync(IDocumentSession session, DataAsset asset, CancellationToken ct)
    {
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (UniqueConstraintException)
        {
            throw RichStatus.AlreadyExists(
                "IDENTIFIER_TAKEN",
                $"{asset.Holder.Name} has already registered a data asset with the identifier '{asset.Identifier}'.",
                new Dictionary<string, string> { ["identifier"] = asset.Identifier });
        }
    }
}
