using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Catalog.Rules;

/// <summary>Every text in a message with the path of its field, as violations name it.</summary>
internal static class Texts
{
    /// <summary>Whether any of them is such a text.</summary>
    public static bool Any(IMessage message, Predicate<string> isSuch)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType is not (FieldType.String or FieldType.Message))
            {
                continue;
            }

            object? value = field.Accessor.GetValue(message);
            if (value is IDictionary map ? AnyOf(map.Values, isSuch) : value is IList list ? AnyOf(list, isSuch) : IsAny(value, isSuch))
            {
                return true;
            }
        }

        return false;
    }

    public static IEnumerable<(string Field, string Text)> Of(IMessage message, string prefix = "")
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            string path = prefix.Length == 0 ? field.Name : $"{prefix}.{field.Name}";
            object? value = field.Accessor.GetValue(message);
            foreach ((string place, object? single) in Singles(field, path, value))
            {
                if (single is string text && text.Length > 0)
                {
                    yield return (place, text);
                }
                else if (single is IMessage inner)
                {
                    foreach ((string Field, string Text) found in Of(inner, place))
                    {
                        yield return found;
                    }
                }
            }
        }
    }

    private static bool AnyOf(IEnumerable values, Predicate<string> isSuch)
    {
        foreach (object? value in values)
        {
            if (IsAny(value, isSuch))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAny(object? value, Predicate<string> isSuch) => value switch
    {
        string text => text.Length > 0 && isSuch(text),
        IMessage inner => Any(inner, isSuch),
        _ => false,
    };

    /// <summary>The field of the message itself that a path begins with.</summary>
    public static string TopOf(string path) => path.IndexOfAny(['.', '[']) is >= 0 and var end ? path[..end] : path;

    private static IEnumerable<(string Place, object? Value)> Singles(FieldDescriptor field, string path, object? value)
    {
        if (field.IsMap)
        {
            var map = (IDictionary)value!;
            return map.Keys.Cast<object>().Select(key => ($"{path}[{key}]", map[key]));
        }

        return field.IsRepeated ? ((IList)value!).Cast<object?>().Select((item, i) => ($"{path}[{i}]", item)) : [(path, value)];
    }
}
