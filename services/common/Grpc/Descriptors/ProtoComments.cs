using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Ecosystem.Grpc.Descriptors;

/// <summary>
/// The comments of .proto files, from the descriptor set that <c>DescriptorSet.targets</c> embeds beside the generated code.
/// An element without a comment, or a file without a set, has an empty one.
/// </summary>
public static class ProtoComments
{
    private const string ResourceName = "descriptors.protoset";

    // Field numbers of google/protobuf/descriptor.proto, of which SourceCodeInfo.Location.path is made.
    private const int FileMessages = 4;
    private const int FileEnums = 5;
    private const int FileServices = 6;
    private const int MessageFields = 2;
    private const int MessageNested = 3;
    private const int MessageEnums = 4;
    private const int ServiceMethods = 2;
    private const int EnumValues = 2;

    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Sets = new();

    /// <summary>What the contract says about a service, in English; empty when it says nothing.</summary>
    /// <param name="service">The service.</param>
    public static string Of(ServiceDescriptor service) => At(service.File, FileServices, service.Index);

    /// <summary>What the contract says about a method, in English; empty when it says nothing.</summary>
    /// <param name="method">The method.</param>
    public static string Of(MethodDescriptor method) =>
        At(method.File, FileServices, method.Service.Index, ServiceMethods, method.Index);

    internal static string Of(MessageDescriptor message) => At(message.File, PathOf(message));

    internal static string Of(FieldDescriptor field) => At(field.File, [.. PathOf(field.ContainingType), MessageFields, field.Index]);

    internal static string Of(EnumDescriptor enumeration) => At(enumeration.File, PathOf(enumeration));

    internal static string Of(EnumValueDescriptor value) =>
        At(value.EnumDescriptor.File, [.. PathOf(value.EnumDescriptor), EnumValues, value.Index]);

    private static string At(FileDescriptor file, params int[] path) =>
        AssemblyOf(file) is { } assembly && Sets.GetOrAdd(assembly, Read).TryGetValue(Key(file.Name, path), out var comment) ? comment : "";

    private static int[] PathOf(MessageDescriptor message) => message.ContainingType is { } outer
        ? [.. PathOf(outer), MessageNested, message.Index]
        : [FileMessages, message.Index];

    private static int[] PathOf(EnumDescriptor enumeration) => enumeration.ContainingType is { } outer
        ? [.. PathOf(outer), MessageEnums, enumeration.Index]
        : [FileEnums, enumeration.Index];

    private static Assembly? AssemblyOf(FileDescriptor file) =>
        (file.MessageTypes.FirstOrDefault()?.ClrType ?? file.EnumTypes.FirstOrDefault()?.ClrType
        ?? file.Services.SelectMany(s => s.Methods).FirstOrDefault()?.InputType.ClrType)?.Assembly;

    private static IReadOnlyDictionary<string, string> Read(Assembly assembly)
    {
        var comments = new Dictionary<string, string>(StringComparer.Ordinal);
        using var resource = assembly.GetManifestResourceStream(ResourceName);
        if (resource is null)
        {
            return comments;
        }

        foreach (var file in FileDescriptorSet.Parser.ParseFrom(resource).File)
        {
            foreach (var location in file.SourceCodeInfo.Location.Where(l => l.HasLeadingComments))
            {
                comments[Key(file.Name, location.Path)] = Tidy(location.LeadingComments);
            }
        }

        return comments;
    }

    private static string Key(string file, IEnumerable<int> path) => $"{file}:{string.Join('.', path)}";

    /// <summary>Lines of one paragraph are joined; an empty line parts paragraphs.</summary>
    private static string Tidy(string comment) => string.Join(' ', comment.Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Length == 0 ? "\n\n" : line))
        .Replace(" \n\n ", "\n\n", StringComparison.Ordinal)
        .Trim();
}
