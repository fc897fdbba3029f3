using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Transcoding.Rules;

/// <summary>A field of a message, or of a message inside it, as in <c>data_asset.period.start</c>.</summary>
/// <param name="Name">The path as written.</param>
/// <param name="Parents">The messages on the way.</param>
/// <param name="Field">The field.</param>
internal sealed record FieldPath(string Name, IReadOnlyList<FieldDescriptor> Parents, FieldDescriptor Field)
{
    /// <summary>Finds a field by proto names.</summary>
    /// <exception cref="FormatException">There is no such field.</exception>
    public static FieldPath Parse(MessageDescriptor message, string path) =>
        TryParse(message, path) ?? throw new FormatException($"{message.FullName} has no field '{path}' that a single value can fill.");

    /// <summary>Finds a field by proto or JSON names; null when there is none that text can fill.</summary>
    public static FieldPath? TryParse(MessageDescriptor message, string path)
    {
        var parents = new List<FieldDescriptor>();
        var names = path.Split('.');
        var current = message;
        for (var i = 0; ; i++)
        {
            if (Json.MessageFields.Of(current).Find(names[i]) is not { } field)
            {
                return null;
            }

            if (i == names.Length - 1)
            {
                return Json.TextValues.CanFill(field) ? new FieldPath(path, parents, field) : null;
            }

            if (field.FieldType != FieldType.Message || field.IsRepeated || WellKnown.IsWellKnown(field.MessageType))
            {
                return null;
            }

            parents.Add(field);
            current = field.MessageType;
        }
    }

    /// <summary>The message the field is in, creating those on the way.</summary>
    public IMessage Container(IMessage root)
    {
        foreach (var parent in Parents)
        {
            if (parent.Accessor.GetValue(root) is not IMessage next)
            {
                next = WellKnown.Create(parent.MessageType);
                parent.Accessor.SetValue(root, next);
            }

            root = next;
        }

        return root;
    }
}
