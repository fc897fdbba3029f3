using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Ecosystem.Grpc.Tests.Clients;

public sealed class RetryTests
{
    [Fact]
    public async Task A_call_is_repeated_until_the_service_is_there()
    {
        await using var server = await EchoServer.StartAsync();
        server.Probe.FailuresLeft = 2;

        using var call = server.Client(Repeating(MethodName.Default)).SayAsync(new EchoRequest { Text = "flaky" });

        Assert.Equal("flaky", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal(3, server.Probe.Calls);
        Assert.Equal("2", server.Probe.Last.RequestHeaders.GetValue("grpc-previous-rpc-attempts"));
    }

    [Fact]
    public async Task A_call_is_given_up_after_the_last_attempt()
    {
        await using var server = await EchoServer.StartAsync();
        server.Probe.FailuresLeft = 100;

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client(Repeating(MethodName.Default)).SayAsync(new EchoRequest { Text = "flaky" }));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal("STARTING", RichStatus.ReasonOf(error)?.Reason);
        Assert.Equal(4, server.Probe.Calls);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated()
    {
        await using var server = await EchoServer.StartAsync();

        await Assert.ThrowsAsync<RpcException>(async () => await server.Client(Repeating(MethodName.Default))
            .SayAsync(new EchoRequest { FailWith = (int)StatusCode.PermissionDenied }));

        Assert.Equal(1, server.Probe.Calls);
    }

    [Theory]
    [InlineData("testing.v1.Echo", "Join")]
    [InlineData("testing.v1.Library", null)]
    public async Task A_method_that_is_not_named_is_not_repeated(string service, string? method)
    {
        await using var server = await EchoServer.StartAsync();
        server.Probe.FailuresLeft = 1;

        await Assert.ThrowsAsync<RpcException>(async () => await server.Client(Repeating(new MethodName { Service = service, Method = method }))
            .SayAsync(new EchoRequest { Text = "flaky" }));

        Assert.Equal(1, server.Probe.Calls);
    }

    private static Action<GrpcChannelOptions> Repeating(MethodName name) => options => options.ServiceConfig = new ServiceConfig
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { name },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 4,
                    InitialBackoff = TimeSpan.FromMilliseconds(1),
                    MaxBackoff = TimeSpan.FromMilliseconds(5),
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
        },
    };
}
