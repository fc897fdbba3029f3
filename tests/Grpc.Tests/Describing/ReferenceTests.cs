using System.Text.Encodings.Web;
using System.Text.Json;
using Ecosystem.Contracts;
using Ecosystem.Grpc.OpenApi;
using Ecosystem.Testing;

namespace Ecosystem.Grpc.Tests.Describing;

/// <summary>Keeps docs/api true to the contracts. <c>UPDATE_SNAPSHOTS=1 dotnet test tests/Grpc.Tests --filter Reference</c> writes it anew.</summary>
public sealed class ReferenceTests
{
    private const string Folder = "../../../../docs/api";
    private const string HowToRenew = "Generated from the contracts by `UPDATE_SNAPSHOTS=1 dotnet test tests/Grpc.Tests --filter Reference`; do not edit.";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Packages() => [.. ContractFiles.All.Select(f => f.Package).Distinct()];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_reference_of_a_package_is_true_to_its_contract(string package) =>
        Snapshot.Match(MarkdownReference.Build(package, ContractFiles.All, HowToRenew), $"{Folder}/{package}.md");

    [Fact]
    public void The_description_of_the_public_api_is_true_to_the_contracts() =>
        Snapshot.Match(OpenApiDocument.Build("Ecosystem", ContractFiles.Public).ToJsonString(Readable), $"{Folder}/openapi.json");
}
