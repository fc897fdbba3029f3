using Ecosystem.Catalog.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Catalog.History;

/// <summary>Compares two states of a resource field by field.</summary>
/// <param name="compared">The fields that people decide on; all others follow from them.</param>
internal sealed class FieldChanges<T>(IReadOnlySet<string> compared)
    where T : class, IMessage<T>, new()
{
    private static readonly T Nothing = new();

    private readonly IReadOnlyList<FieldDescriptor> _compared = [.. Nothing.Descriptor.Fields.InDeclarationOrder().Where(f => compared.Contains(f.Name))];

    /// <summary>What changed, in the order of the contract.</summary>
    /// <param name="before">Null when there was nothing before.</param>
    /// <param name="after">Null when nothing is left.</param>
    public IEnumerable<FieldChange> Between(T? before, T? after)
    {
        foreach (FieldDescriptor field in _compared)
        {
            if (!IsSame(before ?? Nothing, after ?? Nothing, field))
            {
                yield return new FieldChange { Field = field.Name, Before = Json(before, field), After = Json(after, field) };
            }
        }
    }

    private static bool IsSame(T before, T after, FieldDescriptor field) =>
        (!field.HasPresence || field.Accessor.HasValue(before) == field.Accessor.HasValue(after))
        && Equals(field.Accessor.GetValue(before), field.Accessor.GetValue(after));

    /// <summary>A resource with this one field.</summary>
    private static T Only(T resource, FieldDescriptor field)
    {
        var single = new T();
        object? value = field.Accessor.GetValue(resource);
        if (field.IsRepeated)
        {
            var target = (System.Collections.IList)field.Accessor.GetValue(single)!;
            foreach (object? item in (System.Collections.IList)value!)
            {
                target.Add(item);
            }
        }
        else if (!field.HasPresence || field.Accessor.HasValue(resource))
        {
            field.Accessor.SetValue(single, value);
        }

        return single;
    }

    /// <summary>The value itself: what stands behind the field's name in proto3 JSON.</summary>
    private static string Json(T? resource, FieldDescriptor field)
    {
        T single = Only(resource ?? Nothing, field);
        if (single.CalculateSize() == 0)
        {
            return string.Empty;
        }

        string json = JsonFormatter.Default.Format(single);
        int start = json.IndexOf(field.JsonName, StringComparison.Ordinal) + field.JsonName.Length + 2;
        return json[start..json.LastIndexOf('}')].Trim();
    }
}
