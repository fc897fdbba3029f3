using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.ServiceDefaults.Requests;

/// <summary>
/// Applies an update mask (AIP-134): without one, the fields that the request fills in; <c>*</c> stands for all fields.
/// A field that the mask names and the request leaves empty is cleared.
/// </summary>
public static class FieldMaskUpdate
{
    /// <summary>Copies from <paramref name="source"/> to <paramref name="target"/> what the mask names; a path that cannot be changed is a problem of <c>update_mask</c>.</summary>
    /// <param name="source">The message as its author wants it.</param>
    /// <param name="target">The message that is changed: of the same type.</param>
    /// <param name="mask">The mask of the request; null or empty when it has none. A path may go into messages (<c>coverage.period</c>), not into lists.</param>
    /// <param name="settable">The names of the fields that an author may change; all others the service sets.</param>
    /// <param name="problems">What is wrong with the request.</param>
    public static void Apply(IMessage source, IMessage target, FieldMask? mask, IReadOnlySet<string> settable, FieldProblems problems)
    {
        foreach (string path in PathsOf(source, mask, settable))
        {
            string[] steps = path.Split('.');
            string named = FieldRules.Shorten(path);
            if (!settable.Contains(steps[0]) && target.Descriptor.FindFieldByName(steps[0]) is not null)
            {
                problems.Add(
                    "update_mask",
                    $"'{named}' is set by the service; it cannot be changed.",
                    $"'{named}' setzt der Dienst; es lässt sich nicht ändern.");
            }
            else if (!Copy(source, target, steps))
            {
                string all = string.Join(", ", settable.Order(StringComparer.Ordinal));
                problems.Add(
                    "update_mask",
                    $"'{named}' is not a field that can be changed by itself. Fields are: {all}.",
                    $"'{named}' ist kein Feld, das sich einzeln ändern lässt. Felder sind: {all}.");
            }
        }
    }

    private static IEnumerable<string> PathsOf(IMessage source, FieldMask? mask, IReadOnlySet<string> settable) => mask?.Paths switch
    {
        null or { Count: 0 } => settable.Where(name => IsFilledIn(source, source.Descriptor.FindFieldByName(name))),
        ["*"] => settable,
        var paths => paths,
    };

    /// <summary>A list with entries, a message that is there, any other value than a field has that nobody set (proto3).</summary>
    private static bool IsFilledIn(IMessage message, FieldDescriptor field) => field switch
    {
        { IsRepeated: true } => field.Accessor.GetValue(message) is System.Collections.ICollection { Count: > 0 },
        { HasPresence: true } => field.Accessor.HasValue(message),
        _ => !Equals(field.Accessor.GetValue(message), field.Accessor.GetValue(Empty(message))),
    };

    private static IMessage Empty(IMessage message) => message.Descriptor.Parser.ParseFrom(ByteString.Empty);

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
        target.MergeFrom(Only(source, field).ToByteString());
    }

    /// <summary>A message that has nothing but this one field, which it shares with the source.</summary>
    private static IMessage Only(IMessage source, FieldDescriptor field)
    {
        var single = Empty(source);
        switch (field.Accessor.GetValue(source))
        {
            case System.Collections.IDictionary map:
                var entries = (System.Collections.IDictionary)field.Accessor.GetValue(single);
                foreach (System.Collections.DictionaryEntry entry in map)
                {
                    entries.Add(entry.Key, entry.Value);
                }

                break;
            case System.Collections.IList list:
                var items = (System.Collections.IList)field.Accessor.GetValue(single);
                foreach (object? item in list)
                {
                    items.Add(item);
                }

                break;
            case { } value when !field.HasPresence || field.Accessor.HasValue(source):
                field.Accessor.SetValue(single, value);
                break;
        }

        return single;
    }
}
