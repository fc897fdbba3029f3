using System.Net;
using Ecosystem.ServiceDefaults.Discovery;
using Ecosystem.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.ServiceDefaults.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Wrong_settings_stop_the_start_and_are_all_named_with_their_fix()
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => TestService.StartAsync("somewhere", builder =>
        {
            builder.Configuration["Keycloak:realm"] = "";
            builder.Configuration["Keycloak:resource"] = "";
            builder.Configuration["Keycloak:ssl-required"] = "sometimes";
        }));

        Assert.Equal(4, refusal.Errors.Count);
        Assert.All(refusal.Errors, failure => Assert.Contains("Set it to", failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plain_HTTP_to_a_distant_identity_provider_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => TestService.StartAsync("http://id.example.org/"));

        Assert.Contains("https", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task A_started_service_says_that_it_is_healthy(string path)
    {
        await using var service = await TestService.StartAsync("http://127.0.0.1:1/");

        var answer = await service.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Healthy", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_come_from_Aspire_then_from_its_plain_variable_then_from_the_cluster()
    {
        var addresses = new ServiceAddresses(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:catalog:grpc:0"] = "http://127.0.0.1:5111",
            ["services:catalog:grpc:1"] = "http://127.0.0.1:6111",
            ["CATALOG_GRPC"] = "http://127.0.0.1:1",
            ["POLICY_GRPC"] = "http://127.0.0.1:5121",
        }).Build());

        Assert.Equal([new Uri("http://127.0.0.1:5111"), new Uri("http://127.0.0.1:6111")], addresses.Grpc("catalog"));
        Assert.Equal([new Uri("http://127.0.0.1:5121")], addresses.Grpc("policy"));
        Assert.Equal([new Uri("http://matching:8081")], addresses.Grpc("matching"));
        Assert.Equal([new Uri("http://matching:8080")], addresses.Http("matching"));
    }

    [Fact]
    public void An_address_that_is_none_names_the_setting()
    {
        var addresses = new ServiceAddresses(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:catalog:grpc:0"] = "catalog",
        }).Build());

        var refusal = Assert.Throws<InvalidOperationException>(() => addresses.Grpc("catalog"));

        Assert.Contains("services__catalog__grpc__0", refusal.Message, StringComparison.Ordinal);
    }
}
