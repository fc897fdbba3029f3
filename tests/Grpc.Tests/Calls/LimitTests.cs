using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class LimitTests
{
    private const int Limit = 10_000;

    [Fact]
    public async Task A_request_past_the_limit_of_the_server_is_refused()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxReceiveMessageSize = Limit);

        await RefusesAsync(() => server.Client().SayAsync(new EchoRequest { Text = new string('x', Limit) }));
        Assert.Equal(0, server.Probe.Calls);
    }

    [Fact]
    public async Task A_response_past_the_limit_of_the_server_is_refused()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxSendMessageSize = Limit);

        await RefusesAsync(() => server.Client().SayAsync(new EchoRequest { Size = Limit }));
    }

    [Fact]
    public async Task A_request_past_the_limit_of_the_client_is_not_sent()
    {
        await using var server = await EchoServer.StartAsync();

        await RefusesAsync(() => server.Client(o => o.MaxSendMessageSize = Limit).SayAsync(new EchoRequest { Text = new string('x', Limit) }));
        Assert.Equal(0, server.Probe.Calls);
    }

    [Fact]
    public async Task A_response_past_the_limit_of_the_client_is_refused()
    {
        await using var server = await EchoServer.StartAsync();

        await RefusesAsync(() => server.Client(o => o.MaxReceiveMessageSize = Limit).SayAsync(new EchoRequest { Size = Limit }));
    }

    [Fact]
    public async Task Without_a_limit_large_messages_pass()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxReceiveMessageSize = null);

        var reply = await server.Client(o => o.MaxReceiveMessageSize = null)
            .SayAsync(new EchoRequest { Text = new string('x', 40_000_000), Size = 16_000_000 });

        Assert.Equal(40_000_000, reply.Text.Length);
        Assert.Equal(16_000_000, reply.Payload.Length);
        Assert.True(reply.Payload.Span.IndexOfAnyExcept((byte)0) < 0);
    }

    private static async Task RefusesAsync(Func<AsyncUnaryCall<EchoReply>> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }
}
