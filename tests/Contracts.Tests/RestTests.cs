using Google.Api;
using Google.Protobuf.Reflection;

namespace Ecosystem.Contracts.Tests;

public sealed class RestTests
{
    /// <summary>All but those to which the client streams: HTTP/1.1 and browsers cannot, so they have no REST address.</summary>
    private static IEnumerable<MethodDescriptor> WithAddress =>
        ContractFiles.Services.SelectMany(service => service.Methods).Where(method => !method.IsClientStreaming);

    public static TheoryData<string> Methods => [.. WithAddress.Select(method => method.FullName)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_has_a_REST_address_under_its_service(string method)
    {
        var descriptor = WithAddress.Single(candidate => candidate.FullName == method);
        var http = descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http);

        Assert.NotNull(http);
        var path = new[] { http.Get, http.Put, http.Post, http.Delete, http.Patch }.Single(candidate => candidate.Length > 0);
        var package = descriptor.Service.File.Package.Split('.');
        Assert.StartsWith($"/{package[1]}/{package[2]}/", path, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_methods_share_a_REST_address()
    {
        var addresses = WithAddress
            .Select(method => method.GetOptions().GetExtension(AnnotationsExtensions.Http))
            .Select(http => $"{http.PatternCase} {http.Get}{http.Put}{http.Post}{http.Delete}{http.Patch}")
            .ToList();

        Assert.Equal(addresses.Distinct(StringComparer.Ordinal), addresses);
    }
}
