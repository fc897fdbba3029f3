using Ecosystem.Catalog.DataAssets.Description;
using Ecosystem.Catalog.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Catalog.DataAssets.History;

/// <summary>Compares two states of an asset field by field, as far as people decide on them.</summary>
internal static class FieldChanges
{
    private static readonly IReadOnlyList<FieldDescriptor> Compared =
        [.. DataAsset.Descriptor.Fields.InDeclarationOrder().Where(f => DataAssetRules.Settable.Contains(f.Name) || f.Name is "offer" or "state_reason")];

    public static IEnumerable<FieldChange> Between(DataAsset? before, DataAsset after)
    {
        foreach (FieldDescriptor field in Compared)
        {
            DataAsset? old = Only(before, field);
            DataAsset now = Only(after, field)!;
            if (!now.Equals(old ?? new DataAsset()))
            {
                yield return new FieldChange { Field = field.Name, Before = Json(old, field), After = Json(now, field) };
            }
        }
    }

    /// <summary>An asset with this one field.</summary>
    private static DataAsset? Only(DataAsset? asset, FieldDescriptor field)
    {
        if (asset is null)
        {
            return null;
        }

        var single = new DataAsset();
        object? value = field.Accessor.GetValue(asset);
        if (field.IsRepeated)
        {
            var target = (System.Collections.IList)field.Accessor.GetValue(single)!;
            foreach (object? item in (System.Collections.IList)value!)
            {
                target.Add(item);
            }
        }
        else if (!field.HasPresence || field.Accessor.HasValue(asset))
        {
            field.Accessor.SetValue(single, value);
        }

        return single;
    }

    /// <summary>The value itself: what stands behind the field's name in proto3 JSON.</summary>
    private static string Json(DataAsset? single, FieldDescriptor field)
    {
        if (single is null || single.CalculateSize() == 0)
        {
            return string.Empty;
        }

        string json = JsonFormatter.Default.Format(single);
        int start = json.IndexOf(field.JsonName, StringComparison.Ordinal) + field.JsonName.Length + 2;
        return json[start..json.LastIndexOf('}')].Trim();
    }
}
