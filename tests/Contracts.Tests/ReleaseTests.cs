using Ecosystem.Testing;
using Google.Protobuf.Reflection;

namespace Ecosystem.Contracts.Tests;

/// <summary>
/// While a region is upgraded, copies of two releases answer, and both read what the other sent and stored: everything of a released contract is
/// still there, with the same numbers on the wire and the same names in JSON. Released contracts are kept in <c>released/</c>, as
/// <c>protoc --include_imports --descriptor_set_out</c> writes them.
/// </summary>
public sealed class ReleaseTests
{
    private static readonly FileDescriptorProto[] Now = [.. ContractFiles.All.Select(file => file.ToProto())];

    public static TheoryData<string> Releases =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/Contracts.Tests/released"), "*.binpb").Select(Path.GetFileName).Order(StringComparer.Ordinal).OfType<string>()];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Copies_of_a_release_and_of_this_one_understand_each_other(string release)
    {
        var set = FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Repository.Root, "tests/Contracts.Tests/released", release)));
        var ours = set.File.Where(file => file.Package.StartsWith("ecosystem.", StringComparison.Ordinal)).ToList();

        Assert.Contains(ours, file => file.Service.Count > 0);
        Assert.Empty(Broken(ours, Now));
    }

    [Fact]
    public void What_would_break_is_named()
    {
        var before = ContractFiles.All.Single(file => file.Services.Any(service => service.Name == "CompetenceService")).ToProto();
        var after = before.Clone();
        var message = after.MessageType.First(message => message.Field.Count > 2);
        message.Field[0].Number = 1000;
        message.Field[1].Name = "renamed";
        message.Field[2].Type = FieldDescriptorProto.Types.Type.Bytes;
        after.Service[0].Method[0].ServerStreaming = true;
        after.Service[0].Method.RemoveAt(1);

        Assert.Equal(5, Broken([before], [after]).Count());
    }

    private static IEnumerable<string> Broken(IEnumerable<FileDescriptorProto> before, IReadOnlyCollection<FileDescriptorProto> after)
    {
        var now = after.SelectMany(Facts).ToHashSet();
        return before.SelectMany(Facts).Where(fact => !now.Contains(fact));
    }

    /// <summary>What the other side relies on, a sentence each.</summary>
    private static IEnumerable<string> Facts(FileDescriptorProto file) =>
    [
        .. file.MessageType.SelectMany(message => Facts($".{file.Package}", message)),
        .. file.EnumType.SelectMany(values => Facts($".{file.Package}", values)),
        .. file.Service.SelectMany(service => service.Method.Select(method =>
            $".{file.Package}.{service.Name}/{method.Name} {Streams(method.ClientStreaming)}{method.InputType} -> {Streams(method.ServerStreaming)}{method.OutputType}")),
    ];

    private static IEnumerable<string> Facts(string scope, DescriptorProto message) =>
    [
        $"{scope}.{message.Name}",
        .. message.Field.Select(field => $"{scope}.{message.Name} {field.Number} {field.Name} {field.Label} {field.Type} {field.TypeName}{(field.HasOneofIndex ? " in a oneof" : "")}"),
        .. message.NestedType.SelectMany(nested => Facts($"{scope}.{message.Name}", nested)),
        .. message.EnumType.SelectMany(values => Facts($"{scope}.{message.Name}", values)),
    ];

    private static IEnumerable<string> Facts(string scope, EnumDescriptorProto values) => values.Value.Select(value => $"{scope}.{values.Name} {value.Number} {value.Name}");

    private static string Streams(bool many) => many ? "stream " : "";
}
