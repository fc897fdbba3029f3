using System.Net;
using System.Text.RegularExpressions;
using Ecosystem.Testing;

namespace Ecosystem.Gateway.Tests;

/// <summary>The settings of the gateway in the example of docs/partners.md open the door to the partner's service.</summary>
public sealed partial class PartnerRouteTests
{
    [Fact]
    public async Task A_partners_service_is_reached_under_its_name_and_nothing_else_of_it()
    {
        await using var partner = await Backend.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(settings: [.. Settings(), $"--services:notes:http:0={partner.Http}", $"--services:notes:grpc:0={partner.Grpc}"]);

        using var reached = await gateway.GetAsync("/notes/v1/notes");
        using var called = await gateway.CallAsync("/notes.v1.NoteService/ListNotes");
        using var hidden = await gateway.GetAsync("/dapr/subscribe");
        using var page = await gateway.GetAsync("/", token: null, ("Accept-Language", "en"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (reached.StatusCode, hidden.StatusCode));
        Assert.Equal("0", called.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal(["GET /notes/v1/notes", "POST /notes.v1.NoteService/ListNotes"], partner.Received);
        Assert.Contains("Notes beside data assets.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Settings() =>
        Setting().Matches(File.ReadAllText(Path.Combine(Repository.Root, "tests/conformance/example/values.yaml")))
            .Select(setting => $"--{setting.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal)}={setting.Groups["value"].Value.Trim('"')}");

    [GeneratedRegex(@"^      (?<name>(ReverseProxy|Gateway)__\S+): (?<value>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();
}
