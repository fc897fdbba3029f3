using System.Net;
using Ecosystem.Gateway.Configuration;
using Ecosystem.Testing;

namespace Ecosystem.Gateway.Tests;

public sealed class ReloadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");
    private readonly string _settings;

    public ReloadTests()
    {
        _settings = Path.Combine(_folder.FullName, "appsettings.json");
        File.Copy(Path.Combine(Repository.Root, "gateway", "appsettings.json"), _settings);
    }

    [Fact]
    public async Task A_new_route_is_taken_without_a_restart()
    {
        await using var gateway = await GatewayHost.StartAsync(_folder.FullName);
        Edit("/catalog/v1/{**rest}", "/catalogue/v1/{**rest}");
        await Eventually.True(async () => (await gateway.GetAsync("/catalogue/v1/x")).IsSuccessStatusCode, "the new route is in force");
    }

    [Theory]
    [InlineData("\"ReverseProxy\": {", "\"ReverseProxy\": ", "cannot be read")]
    [InlineData("\"ClusterId\": \"catalog\", \"Match\": { \"Path\": \"/catalog/v1/{**rest}\" }", "\"ClusterId\": \"catalog\", \"Match\": { \"Path\": \"/catalog/{v1\" }", "catalog-rest")]
    public async Task A_broken_edit_changes_nothing_and_is_logged(string good, string bad, string mention)
    {
        await using var gateway = await GatewayHost.StartAsync(_folder.FullName);
        Edit(good, bad);
        await Eventually.True(
            () => gateway.Log.Any(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(mention, StringComparison.Ordinal)),
            "the fault is in the log");
        using var answer = await gateway.GetAsync("/catalog/v1/data-assets");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void Settings_are_checked_at_start_and_every_fault_is_named_with_its_fix()
    {
        var faults = new GatewayOptionsValidation().Validate(null, new GatewayOptions
        {
            RateLimit = new RateLimit { Burst = 1, PerSecond = 0 },
            Cors = new Cors { Origins = ["https://portal.example/"] },
            Services = { ["catalog"] = new ServiceDescription() },
        });
        Assert.Equal(3, faults.Failures!.Count());
        Assert.All(faults.Failures!, fault => Assert.StartsWith("Gateway:", fault, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Edit(string from, string to)
    {
        var text = File.ReadAllText(_settings);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(_settings, text.Replace(from, to, StringComparison.Ordinal));
    }
}
