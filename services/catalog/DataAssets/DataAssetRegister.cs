using Ecosystem.Catalog.Areas;
using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>The one way in which a data asset is read for change and saved: version, times, event and index go together.</summary>
internal sealed class DataAssetRegister(IIdSource ids, TimeProvider time, DataAssetIndex index, RegionalFacts region)
{
    /// <summary>A new asset; everything that the catalogue decides is set, whatever the holder wrote there.</summary>
    public DataAssetDocument Begin(DataAsset described, Common.V1.Organisation holder)
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
        return document is not null && (document.Asset.State != PublicationState.Draft || caller.AnswersFor(document.Asset.Holder.Id))
            ? document
            : throw RichStatus.NotFound($"There is no data asset '{FieldRules.Shorten(id)}'.");
    }

    /// <summary>An asset that the caller may change.</summary>
    public static async Task<DataAssetDocument> FindOwnAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        DataAssetDocument document = await FindAsync(session, id, caller, ct);
        return caller.AnswersFor(document.Asset.Holder.Id)
            ? document
            : throw RichStatus.PermissionDenied(
                "NOT_THE_HOLDER",
                $"Only {document.Asset.Holder.Name}, which keeps these data, may change this asset.");
    }

    /// <summary>Saves a new or changed asset and tells of it.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public Task<DataAsset> SaveAsync(IDocumentSession session, DataAssetDocument document, CancellationToken ct) =>
        SaveAsync(session, document, version => new DataAssetPublished { DataAsset = document.Asset, Version = version }, ct);

    /// <summary>Saves an asset whose terms were attached and tells of that.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed it first.</exception>
    public Task<DataAsset> SaveOfferAsync(IDocumentSession session, DataAssetDocument document, CancellationToken ct) =>
        SaveAsync(session, document, version => new OfferAttached { DataAsset = document.Asset, Version = version }, ct);

    /// <summary>The asset as it leaves the catalogue.</summary>
    public static DataAsset Present(IDocumentSession session, DataAssetDocument document)
    {
        DataAsset asset = document.Asset.Clone();
        asset.Etag = session.EtagOf(document) ?? string.Empty;
        return asset;
    }

    public Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private async Task<DataAsset> SaveAsync(IDocumentSession session, DataAssetDocument document, Func<long, IMessage> fact, CancellationToken ct)
    {
        document.Version++;
        document.Asset.UpdateTime = Now();
        Assess(document.Asset);
        session.Store(document);
        if (document.Asset.State == PublicationState.Published)
        {
            session.Publish(fact(document.Version), document.Id);
        }

        await SaveUniqueAsync(session, document.Asset, ct);
        index.Put(document);
        return Present(session, document);
    }

    /// <summary>Computed, never stated: how complete the description is. Whether a path is reachable is found out elsewhere.</summary>
    private static void Assess(DataAsset asset)
    {
        asset.Completeness = DescriptionItems.CompletenessOf(asset);
        if (asset.QualityLabel is { } label)
        {
            label.Completeness = LabelCompleteness.Of(label);
        }

        foreach (Distribution path in asset.Distributions.Concat(asset.Samples).Concat(asset.Analytics))
        {
            path.Reachability = null;
        }
    }

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
