using Ecosystem.Catalog.V1;
using Google.Protobuf.Reflection;

namespace Ecosystem.Catalog.Import;

/// <summary>What the catalogue set, and what the holder added here that DCAT-AP has no word for. It outlives every import.</summary>
internal static class WhatTheSourceCannotSay
{
    private static readonly FieldDescriptor[] Fields =
    [
        .. new[]
        {
            "id", "etag", "holder", "offer", "create_time", "update_time", "protection_need", "protection_reason", "modalities", "state", "state_reason",
            "state_time", "check_time", "check_due", "completeness", "data_space_themes", "quality_label",
        }.Select(DataAsset.Descriptor.FindFieldByName),
    ];

    public static DataAsset Keep(DataAsset described, DataAsset known)
    {
        // Reading back what was written is the one way to copy fields of every kind.
        DataAsset kept = known.Clone();
        foreach (FieldDescriptor field in DataAsset.Descriptor.Fields.InDeclarationOrder().Except(Fields))
        {
            field.Accessor.Clear(kept);
        }

        DataAsset changed = described.Clone();
        foreach (FieldDescriptor field in Fields)
        {
            field.Accessor.Clear(changed);
        }

        changed.MergeFrom(kept);
        foreach (Distribution path in changed.Distributions)
        {
            path.ConnectorAddress = known.Distributions.FirstOrDefault(d => d.Iri == path.Iri && d.AccessUrl == path.AccessUrl)?.ConnectorAddress ?? string.Empty;
            path.Reachability = known.Distributions.FirstOrDefault(d => d.AccessUrl == path.AccessUrl)?.Reachability;
        }

        return changed;
    }
}
