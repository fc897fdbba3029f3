using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Rules;

/// <summary>
/// Applies an update mask (AIP-134): without one, the fields that the request fills in; <c>*</c> stands for all fields.
/// A field that the mask names and the request leaves empty is cleared.
/// </summary>
internal static class FieldMaskUpdate
{
    public static void Apply(IMessage source, IMessage target, FieldMask? mask, IReadOnlySet<string> settable, Violations violations)
    {
        foreach (string path in PathsOf(source, mask, settable))
        {
            string[] steps = path.Split('.');
            if (!settable.Contains(steps[0]) && target.Descriptor.FindFieldByName(steps[0]) is not null)
            {
                violations.Add("update_mask", $"'{path}' is set by the catalogue; it cannot be changed.");
            }
            else if (!Copy(source, target, steps))
            {
                violations.Add("update_mask", $"'{path}' is not a field that can be changed by itself. Fields are: {string.Join(", ", settable.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private static IEnumerable<string> PathsOf(IMessage source, FieldMask? mask, IReadOnlySet<string> settable) => mask?.Paths switch
    {
        null or { Count: 0 } => settable.Where(name => IsFilledIn(source, source.Descriptor.FindFieldByName(name))),
        ["*"] => settable,
        var paths => paths,
    };

    private static bool IsFilledIn(IMessage message, FieldDescriptor field) => field switch
    {
        { IsRepeated: true } => field.Accessor.GetValue(message) is System.Collections.ICollection { Count: > 0 },
        { HasPresence: true } => field.Accessor.HasValue(message),
        { FieldType: FieldType.Bool } => field.Accessor.GetValue(message) is true,
        { FieldType: FieldType.String } => field.Accessor.GetValue(message) is not "",
        { FieldType: FieldType.Enum } => Convert.ToInt32(field.Accessor.GetValue(message), System.Globalization.CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    private static bool Copy(IMessage? source, IMessage target, ReadOnlySpan<string> steps)
    {
        if (target.Descriptor.FindFieldByName(steps[0]) is not { } field)
        {
            return false;
        }

        if (steps.Length == 1)
        {
            Replace(source, target, field);
            return true;
        }

        if (field.IsRepeated || field.FieldType != FieldType.Message)
        {
            return false;
        }

        var inner = (IMessage?)field.Accessor.GetValue(target);
        if (inner is null)
        {
            inner = field.MessageType.Parser.ParseFrom(ByteString.Empty);
            field.Accessor.SetValue(target, inner);
        }

        return Copy(source is null ? null : (IMessage?)field.Accessor.GetValue(source), inner, steps[1..]);
    }

    private static void Replace(IMessage? source, IMessage target, FieldDescriptor field)
    {
        field.Accessor.Clear(target);
        if (source is null)
        {
            return;
        }

        // A message with this one field merged in copies scalars, lists, maps and messages alike.
        var single = source.Descriptor.Parser.ParseFrom(source.ToByteString());
        foreach (FieldDescriptor other in source.Descriptor.Fields.InFieldNumberOrder().Where(f => f.FieldNumber != field.FieldNumber))
        {
            other.Accessor.Clear(single);
        }

        target.MergeFrom(single.ToByteString());
    }
}
