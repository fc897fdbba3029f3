using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Matching.Rules;

/// <summary>
/// Applies an update mask (AIP-134): without one, the fields that the request fills in. A field that the mask names and the request leaves empty
/// is cleared.
/// </summary>
internal static class FieldMaskUpdate
{
    public static void Apply<T>(T source, T target, FieldMask? mask, IReadOnlySet<string> settable, Violations violations)
        where T : class, IMessage<T>
    {
        IEnumerable<string> paths = mask?.Paths switch
        {
            null or { Count: 0 } => settable.Where(name => IsFilledIn(source, source.Descriptor.FindFieldByName(name))),
            ["*"] => settable,
            { } stated => stated,
        };
        foreach (string path in paths)
        {
            if (!settable.Contains(path))
            {
                string all = string.Join(", ", settable.Order(StringComparer.Ordinal));
                violations.Add(
                    "update_mask",
                    $"'{FieldRules.Shorten(path)}' is not a field that can be changed. Fields are: {all}.",
                    $"'{FieldRules.Shorten(path)}' ist kein Feld, das sich ändern lässt. Felder sind: {all}.");
                continue;
            }
            Replace(source, target, target.Descriptor.FindFieldByName(path));
        }
    }

    private static bool IsFilledIn(IMessage message, FieldDescriptor field) => field switch
    {
        { IsRepeated: true } => field.Accessor.GetValue(message) is System.Collections.ICollection { Count: > 0 },
        { HasPresence: true } => field.Accessor.HasValue(message),
        { FieldType: FieldType.String } => field.Accessor.GetValue(message) is not "",
        { FieldType: FieldType.Enum } => Convert.ToInt32(field.Accessor.GetValue(message), System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    /// <summary>A message with this one field merged in copies scalars, lists, maps and messages alike.</summary>
    private static void Replace<T>(T source, T target, FieldDescriptor field)
        where T : class, IMessage<T>
    {
        field.Accessor.Clear(target);
        T single = source.Clone();
        foreach (FieldDescriptor other in source.Descriptor.Fields.InFieldNumberOrder().Where(other => other != field)) other.Accessor.Clear(single);
        target.MergeFrom(single);
    }
}
