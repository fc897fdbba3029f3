using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.History;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Paths;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.SavedSearches.Matching;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
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

    /// <summary>Saves a new or changed asset, remembers who did it and why, and tells of it.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public async Task<DataAsset> SaveAsync(IDocumentSession session, AssetChange change, CancellationToken ct)
    {
        await StageAsync(session, change, ct);
        try
        {
            return (await CommitAsync(session, [change.Document], ct))[0];
        }
        catch (UniqueConstraintException)
        {
            throw IdentifierTaken(change.Document.Asset);
        }
    }

    /// <summary>Adds a change, its history, its event and the saved searches that wait for it to a unit of work.</summary>
    public async Task StageAsync(IDocumentSession session, AssetChange change, CancellationToken ct)
    {
        DataAssetDocument document = change.Document;
        DataAsset? before = BeforeOf(document);
        document.Version++;
        WhatFollows.Date(document.Asset, before, Now(), life.Value.CheckEvery);
        WhatFollows.Assess(document.Asset);
        session.Store(document);
        session.Store(DataAssetChangeDocument.Of(document, before, change.By, change.Reason));
        if (WhatFollows.FactOf(document, before, change.Published) is { } fact)
        {
            session.Publish(fact, document.Id);
        }

        await savedSearches.AddAsync(session, document, before, ct);
    }

    /// <summary>Saves what was staged, all or nothing, and makes it searchable; the assets as they leave the catalogue.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed one of them first.</exception>
    /// <exception cref="UniqueConstraintException">The holder has already registered the identifier of one of them.</exception>
    public async Task<IReadOnlyList<DataAsset>> CommitAsync(IDocumentSession session, IReadOnlyList<DataAssetDocument> staged, CancellationToken ct)
    {
        await PathStates.RememberAsync(store, staged.SelectMany(d => PathStates.NewIn(d.Asset, d.Before)), ct);
        await session.SaveChangesAsync(ct);
        index.Fill(staged);
        return [.. staged.Select(d => Present(session, d))];
    }

    public static RpcException IdentifierTaken(DataAsset asset) => RichStatus.AlreadyExists(
        "IDENTIFIER_TAKEN",
        $"{asset.Holder.Name} has already registered a data asset with the identifier '{asset.Identifier}'.",
        new Dictionary<string, string> { ["identifier"] = asset.Identifier });

    /// <summary>The asset as it leaves the catalogue.</summary>
    public static DataAsset Present(IDocumentSession session, DataAssetDocument document)
    {
        DataAsset asset = document.Asset.Clone();
        asset.Etag = session.EtagOf(document) ?? string.Empty;
        return asset;
    }

    public Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>What was read. Should somebody have changed it since, the save fails by its etag, so the history holds no wrong step.</summary>
    private static DataAsset? BeforeOf(DataAssetDocument document) => document.Version == 0
        ? null
        : document.Before ?? throw new InvalidOperationException("An asset that is stored is changed by Become, or the history could not say what changed.");
}
