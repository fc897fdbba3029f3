using System.Globalization;
using System.Text;
using Ecosystem.Authz.V1;
using Ecosystem.Grpc.Descriptors;
using Ecosystem.Grpc.Transcoding.Rules;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.OpenApi;

/// <summary>Writes a proto package as Markdown: services with their REST forms and access rules, messages, enums, all with their comments.</summary>
public static class MarkdownReference
{
    /// <summary>The reference of a package.</summary>
    /// <param name="package">The name of the package.</param>
    /// <param name="files">Files, of which those of the package are described.</param>
    /// <param name="howToRenew">A line saying how the text is generated anew.</param>
    public static string Build(string package, IEnumerable<FileDescriptor> files, string howToRenew)
    {
        ArgumentNullException.ThrowIfNull(files);
        var own = files.Where(f => f.Package == package).OrderBy(f => f.Name, StringComparer.Ordinal).ToArray();
        var text = new StringBuilder($"# {package}\n\n{howToRenew}\n");
        foreach (var service in own.SelectMany(f => f.Services))
        {
            Write(text, service);
        }

        var messages = own.SelectMany(f => f.MessageTypes).SelectMany(WithNested).ToArray();
        foreach (var message in messages)
        {
            Write(text, message, package);
        }

        foreach (var enumeration in own.SelectMany(f => f.EnumTypes).Concat(messages.SelectMany(m => m.EnumTypes)))
        {
            Write(text, enumeration, package);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ServiceDescriptor service)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {service.Name}\n\n{ProtoComments.Of(service)}\n");
        foreach (var method in service.Methods)
        {
            var request = (method.IsClientStreaming ? "stream " : "") + method.InputType.Name;
            var response = (method.IsServerStreaming ? "stream " : "") + method.OutputType.Name;
            text.Append(CultureInfo.InvariantCulture, $"\n### {service.Name}.{method.Name}\n\n{ProtoComments.Of(method)}\n\n- gRPC: `{method.Name}({request}) returns ({response})`\n");
            foreach (var rule in RestRule.Of(method))
            {
                text.Append(CultureInfo.InvariantCulture, $"- REST: `{rule.Verb} {rule.Path}`{BodyOf(rule)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"- Access: {AccessTo(method)}\n");
        }
    }

    private static void Write(StringBuilder text, MessageDescriptor message, string package)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {NameIn(package, message.FullName)}\n\n{ProtoComments.Of(message)}\n");
        if (message.Fields.InDeclarationOrder().Count == 0)
        {
            return;
        }

        text.Append("\n| field | type | meaning |\n|---|---|---|\n");
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            var choice = field.RealContainingOneof is { } oneof ? $" One of `{oneof.Name}`." : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {TypeOf(field, package)} | {Cell(ProtoComments.Of(field))}{choice} |\n");
        }
    }

    private static void Write(StringBuilder text, EnumDescriptor enumeration, string package)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {NameIn(package, enumeration.FullName)}\n\n{ProtoComments.Of(enumeration)}\n\n| value | number | meaning |\n|---|---|---|\n");
        foreach (var value in enumeration.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{value.Name}` | {value.Number} | {Cell(ProtoComments.Of(value))} |\n");
        }
    }

    private static string TypeOf(FieldDescriptor field, string package)
    {
        if (field.IsMap)
        {
            return $"map of {TypeOf(field.MessageType.FindFieldByNumber(1), package)} to {TypeOf(field.MessageType.FindFieldByNumber(2), package)}";
        }

        var type = field.FieldType switch
        {
            FieldType.Message or FieldType.Group => Link(field.MessageType.FullName, package),
            FieldType.Enum => Link(field.EnumType.FullName, package),
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        return field.IsRepeated ? $"list of {type}" : type;
    }

    private static string Link(string fullName, string package) => fullName.StartsWith($"{package}.", StringComparison.Ordinal)
        ? $"[{NameIn(package, fullName)}](#{NameIn(package, fullName).ToLowerInvariant().Replace(".", "", StringComparison.Ordinal)})"
        : $"`{fullName}`";

    private static string NameIn(string package, string fullName) => fullName[(package.Length + 1)..];

    private static string BodyOf(RestRule rule) => !rule.HasBody ? "" : rule.BodyField is { } field ? $", body: `{field.Name}`" : ", body: the request";

    private static string AccessTo(MethodDescriptor method) => method.GetOptions()?.GetExtension(RuleExtensions.Rule) switch
    {
        { Public: true } => "public",
        { Permission.Length: > 0 } rule => $"`{rule.Permission}`, with the role {string.Join(" or ", rule.Roles.Select(r => $"`{r}`"))}",
        _ => "nobody",
    };

    private static string Cell(string comment) => comment.Replace("\n", " ", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.IsMapEntry() ? [] : [message, .. message.NestedTypes.SelectMany(WithNested)];

    private static bool IsMapEntry(this MessageDescriptor message) => message.GetOptions()?.MapEntry == true;
}
