using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public void Only_what_the_contract_calls_idempotent_is_repeated_without_asking()
    {
        var repeated = IdempotentCalls.Repeat(Library.Descriptor, Echo.Descriptor).MethodConfigs.SelectMany(c => c.Names).Select(n => $"{n.Service}.{n.Method}");

        Assert.Equal(
            ["testing.v1.Library.GetBook", "testing.v1.Library.FindBooks", "testing.v1.Library.Titles", "testing.v1.Library.GetFile", "testing.v1.Echo.Touch", "testing.v1.Echo.Repeat"],
            repeated);
    }

    [Fact]
    public async Task A_client_from_the_services_repeats_idempotent_calls_only()
    {
        await using var server = await EchoServer.StartAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddGrpcClient<Echo.EchoClient>(o => o.Address = server.GrpcAddress);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<Echo.EchoClient>();

        server.Probe.FailuresLeft = 1;
        Assert.Equal("flaky", (await client.TouchAsync(new EchoRequest { Text = "flaky" })).Text);

        server.Probe.FailuresLeft = 1;
        await Assert.ThrowsAsync<RpcException>(async () => await client.SayAsync(new EchoRequest { Text = "flaky" }));
    }

    [Fact]
    public async Task A_stream_is_not_repeated_because_only_its_reader_knows_how_far_it_got()
    {
        await using var server = await EchoServer.StartAsync();

        using var call = server.Client(Repeating(MethodName.Default)).Repeat(new EchoRequest { FailWith = (int)StatusCode.Unavailable });
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
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
