using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class DeadlineTests : IAsyncLifetime
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
    public async Task The_server_ends_a_call_at_its_deadline()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var server = await EchoServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time));
        var call = server.Client().SayAsync(new EchoRequest { Text = "wait" }, deadline: In(TimeSpan.FromHours(1)));
        await Eventually.True(() => server.Probe.Calls == 1, "the handler runs");

        time.Advance(TimeSpan.FromHours(2));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.True(server.Probe.LastToken.IsCancellationRequested);
    }

    [Fact]
    public async Task The_client_ends_a_call_at_its_deadline_and_tells_the_server()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var call = _server.Client(o => o.Time = time).SayAsync(new EchoRequest { Text = "wait" }, deadline: In(TimeSpan.FromHours(1)));
        await Eventually.True(() => _server.Probe.Calls == 1, "the handler runs");

        time.Advance(TimeSpan.FromHours(2));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await Eventually.True(() => _server.Probe.LastToken.IsCancellationRequested, "the handler is told");
    }

    [Fact]
    public async Task A_deadline_in_the_past_fails_at_once()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.SayAsync(new EchoRequest(), deadline: In(TimeSpan.FromSeconds(-1))));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task The_handler_knows_the_deadline()
    {
        var deadline = In(TimeSpan.FromHours(1));
        await _client.SayAsync(new EchoRequest(), deadline: deadline);

        Assert.InRange(_server.Probe.Last.Deadline, deadline.AddMinutes(-1), deadline.AddMinutes(1));
    }

    [Fact]
    public async Task Without_a_deadline_the_handler_may_take_for_ever()
    {
        await _client.SayAsync(new EchoRequest());

        Assert.Equal(DateTime.MaxValue, _server.Probe.Last.Deadline);
    }

    [Fact]
    public async Task Cancelling_a_call_stops_its_handler()
    {
        using var cancellation = new CancellationTokenSource();
        var call = _client.SayAsync(new EchoRequest { Text = "wait" }, cancellationToken: cancellation.Token);
        await Eventually.True(() => _server.Probe.Calls == 1, "the handler runs");

        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await Eventually.True(() => _server.Probe.LastToken.IsCancellationRequested, "the handler is told");
    }

    [Fact]
    public async Task Cancelling_after_the_first_response_ends_both_sides()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = _client.Chat(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "one" });
        Assert.True(await call.ResponseStream.MoveNext());

        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await Eventually.True(() => _server.Probe.Ended == 1, "the handler stops");
    }

    [Fact]
    public async Task Disposing_a_call_stops_an_endless_stream()
    {
        using (var call = _client.Repeat(new EchoRequest { Text = "on and on", Count = -1 }))
        {
            Assert.True(await call.ResponseStream.MoveNext());
        }

        await Eventually.True(() => _server.Probe.LastToken.IsCancellationRequested, "the handler is told");
    }

    private static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;
}
