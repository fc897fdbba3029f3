using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class CallTests : IAsyncLifetime
{
    private EchoServer _server = null!;
    private Echo.EchoClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _client = _server.Client();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_unary_call_gets_its_answer()
    {
        using var call = _client.SayAsync(new EchoRequest { Text = "Grüß Gott", Size = 100_000 });

        var reply = await call;

        Assert.Equal("Grüß Gott", reply.Text);
        Assert.Equal(100_000, reply.Payload.Length);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        var reply = await _client.SayAsync(new EchoRequest());

        Assert.Equal("", reply.Text);
    }

    [Fact]
    public void A_blocking_call_gets_its_answer() => Assert.Equal("now", _client.Say(new EchoRequest { Text = "now" }).Text);

    [Fact]
    public async Task A_client_stream_is_answered_when_it_completes()
    {
        using var call = _client.Join();
        foreach (var word in (string[])["data", "for", "health"])
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = word });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("data for health", (await call).Text);
    }

    [Fact]
    public async Task A_server_stream_arrives_whole_and_in_order()
    {
        using var call = _client.Repeat(new EchoRequest { Text = "again", Count = 500 });
        var count = 0;
        await foreach (var reply in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal("again", reply.Text);
            count++;
        }

        Assert.Equal(500, count);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Both_sides_of_a_duplex_call_take_turns()
    {
        using var call = _client.Chat();
        foreach (var word in (string[])["ping", "pong", "ping"])
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = word });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(word, call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task An_empty_duplex_call_ends_well()
    {
        using var call = _client.Chat();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_stream_that_fails_half_way_gives_its_messages_and_then_its_status()
    {
        using var call = _client.Repeat(new EchoRequest { Text = "no more", Count = 2, FailWith = (int)StatusCode.DataLoss });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.Equal("ASKED_TO", RichStatus.ReasonOf(error)?.Reason);
    }

    [Fact]
    public async Task A_server_that_has_heard_enough_ends_a_client_stream()
    {
        using var call = _client.Join();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "stop", FailWith = (int)StatusCode.OutOfRange });

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.OutOfRange, error.StatusCode);
    }
}
