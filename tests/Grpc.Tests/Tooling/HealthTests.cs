using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using HealthClient = Grpc.Health.V1.Health.HealthClient;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Ecosystem.Grpc.Tests.Tooling;

public sealed class HealthTests : IAsyncLifetime
{
    private EchoServer _server = null!;
    private HealthClient _client = null!;
    private volatile bool _isIll;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync(
            services: s => s.AddGrpcHealthChecks().AddCheck("disk", () => _isIll ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy()),
            map: app => app.MapGrpcHealthChecksService());
        _client = new HealthClient(_server.Channel());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("testing.v1.Echo")]
    public async Task A_healthy_server_serves(string service) =>
        Assert.Equal(ServingStatus.Serving, (await _client.CheckAsync(new HealthCheckRequest { Service = service })).Status);

    [Fact]
    public async Task An_ill_server_does_not()
    {
        _isIll = true;

        Assert.Equal(ServingStatus.NotServing, (await _client.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task A_service_that_is_not_here_is_not_found()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _client.CheckAsync(new HealthCheckRequest { Service = "testing.v1.Nobody" }));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task A_watcher_is_told_when_health_changes_and_when_the_server_stops()
    {
        using var call = _client.Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));

        _isIll = true;
        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));

        _isIll = false;
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));

        var stopping = _server.StopAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        Assert.False(await call.ResponseStream.MoveNext());
        await stopping;
    }

    [Fact]
    public async Task A_watcher_of_a_service_that_is_not_here_is_told_so()
    {
        using var call = _client.Watch(new HealthCheckRequest { Service = "testing.v1.Nobody" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current.Status;
    }
}
