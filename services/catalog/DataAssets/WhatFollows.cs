using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.DataAssets.Life;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.DataAssets;

/// <summary>What follows from a change of an asset by itself: its dates, its completeness, and what others are told.</summary>
internal static class WhatFollows
{
    public static void Date(DataAsset asset, DataAsset? before, Timestamp now, TimeSpan checkEvery)
    {
        asset.UpdateTime = now;
        if (before?.State != asset.State)
        {
            asset.StateTime = now;
        }

        bool isPublic = LifeRules.IsPublic(asset.State);
        asset.CheckTime = isPublic ? now : null;
        asset.CheckDue = isPublic ? Timestamp.FromDateTimeOffset(now.ToDateTimeOffset() + checkEvery) : null;
    }

    /// <summary>Computed, never stated: how complete the description is. Whether a path is reachable is found out elsewhere.</summary>
    public static void Assess(DataAsset asset)
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

    /// <summary>What others are told; nothing of what they cannot see.</summary>
    public static IMessage? FactOf(DataAssetDocument document, DataAsset? before, Func<long, IMessage>? published) => document.Asset.State switch
    {
        PublicationState.Published => published?.Invoke(document.Version) ?? new DataAssetPublished { DataAsset = document.Asset, Version = document.Version },
        PublicationState.Deprecated => new DataAssetDeprecated { DataAsset = document.Asset, Version = document.Version },
        PublicationState.Withdrawn => new DataAssetWithdrawn { DataAsset = document.Asset, Version = document.Version },
        PublicationState.Review when before?.State != PublicationState.Review => new DataAssetSubmitted { DataAsset = document.Asset, Version = document.Version },
        _ => null,
    };
}
