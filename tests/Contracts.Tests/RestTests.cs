using Google.Api;
using Google.Protobuf.Reflection;

namespace Ecosystem.Contracts.Tests;

public sealed class RestTests
{
    public static TheoryData<string> Methods => AccessRuleTests.Methods;

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_has_a_REST_address_under_its_service(string method)
    {
        var descriptor = ContractFiles.Services.SelectMany(service => service.Methods).Single(candidate => candidate.FullName == method);
        var http = descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http);

        Assert.NotNull(http);
        var path = new[] { http.Get, http.Put, http.Post, http.Delete, http.Patch }.Single(candidate => candidate.Length > 0);
        var package = descriptor.Service.File.Package.Split('.');
        Assert.StartsWith($"/{package[1]}/{package[2]}/", path, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_methods_share_a_REST_address()
    {
        var addresses = ContractFiles.Services.SelectMany(service => service.Methods)
            .Select(method => method.GetOptions().GetExtension(AnnotationsExtensions.Http))
            .Select(http => $"{http.PatternCase} {http.Get}{http.Put}{http.Post}{http.Delete}{http.Patch}")
            .ToList();

        Assert.Equal(addresses.Distinct(StringComparer.Ordinal), addresses);
    }
}
