using System.Net;
using System.Text;

namespace Ecosystem.Gateway.Tests;

/// <summary>Two copies of a service: callers notice nothing of the one that is away, breaks off or stops.</summary>
public sealed class CopiesTests : IAsyncLifetime
{
    private Backend _other = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _other = await Backend.StartAsync();

        // Probing would find the dead before the test does.
        _gateway = await GatewayHost.StartAsync(settings:
        [
            $"--services:catalog:http:1={_other.Http}", $"--services:catalog:grpc:1={_other.Grpc}",
            "--ReverseProxy:Clusters:catalog:HealthCheck:Active:Enabled=false", "--ReverseProxy:Clusters:catalog.grpc:HealthCheck:Active:Enabled=false",
            "--ReverseProxy:Clusters:catalog:HealthCheck:Passive:ReactivationPeriod=01:00:00",
        ]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task What_nobody_took_is_taken_by_another_copy(string method)
    {
        await _gateway.Catalog.DisposeAsync();
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/catalog/v1/data-assets") { Content = method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json") };
            using var answer = await _gateway.Rest.SendAsync(request);
            Assert.Equal((i, HttpStatusCode.OK), (i, answer.StatusCode));
        }

        Assert.Equal(20, _other.Received.Count);
    }

    [Fact]
    public async Task A_call_over_gRPC_goes_to_the_copy_that_is_there()
    {
        await _gateway.Catalog.DisposeAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await _gateway.CallAsync("/ecosystem.catalog.v1.DataAssetService/GetDataAsset");
            Assert.Equal(5, (await answer.Content.ReadAsByteArrayAsync()).Length);
        }
    }

    [Fact]
    public async Task A_write_that_was_broken_off_is_not_repeated()
    {
        _gateway.Catalog.IsBreakingOff = _other.IsBreakingOff = true;
        using var answer = await _gateway.Rest.PostAsync("/catalog/v1/data-assets", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(_gateway.Catalog.Received.Concat(_other.Received));
    }

    [Fact]
    public async Task A_read_that_was_broken_off_is_repeated_once_at_another_copy()
    {
        _gateway.Catalog.IsBreakingOff = true;
        for (var i = 0; i < 10; i++)
        {
            using var answer = await _gateway.GetAsync("/catalog/v1/data-assets");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.True(_gateway.Catalog.Received.Count <= 1);
    }

    [Fact]
    public async Task A_copy_that_says_it_is_stopping_gets_nothing_more_and_callers_do_not_hear_of_it()
    {
        _gateway.Catalog.IsDraining = true;
        for (var i = 0; i < 20; i++)
        {
            using var answer = await _gateway.GetAsync("/catalog/v1/data-assets");
            Assert.True(answer.IsSuccessStatusCode && !answer.Headers.Contains("x-draining"));
        }

        Assert.True(_gateway.Catalog.Received.Count <= 1);
    }
}
