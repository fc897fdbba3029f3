using System.Net.Sockets;
using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Hostile;

public sealed class StreamPressureTests
{
    [Fact]
    public async Task A_reader_that_stops_reading_stops_the_writer()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().Repeat(new EchoRequest { Count = -1, Size = 256 * 1024 });
        Assert.True(await call.ResponseStream.MoveNext());

        var (seen, unchanged) = (-1, 0);
        await Eventually.True(
            () =>
            {
                unchanged = server.Probe.Written == seen ? unchanged + 1 : 0;
                seen = server.Probe.Written;
                return unchanged == 25;
            },
            "the handler waits");

        Assert.InRange(server.Probe.Written, 1, 200);
    }

    [Fact]
    public async Task Thousands_of_streams_at_once_are_all_answered()
    {
        const int Streams = 3_000;
        await using var server = await EchoServer.StartAsync(
            services: s => s.Configure<KestrelServerOptions>(o => o.Limits.Http2.MaxStreamsPerConnection = 1000));
        var client = server.Client();
        var calls = Enumerable.Range(0, Streams).Select(_ => client.Chat()).ToArray();
        await Task.WhenAll(calls.Select((call, i) => call.RequestStream.WriteAsync(new EchoRequest { Count = i })));
        await Task.WhenAll(calls.Select(async call => Assert.True(await call.ResponseStream.MoveNext())));

        Assert.Equal(Streams, server.Probe.Calls);
        Assert.Equal(0, server.Probe.Ended);

        await Task.WhenAll(calls.Select(call => call.RequestStream.CompleteAsync()));
        await Task.WhenAll(calls.Select(async call => Assert.False(await call.ResponseStream.MoveNext())));
        await Eventually.True(() => server.Probe.Ended == Streams, "all handlers end");
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_ends_its_handlers_and_no_others()
    {
        await using var server = await EchoServer.StartAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancellation) =>
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket);
            },
        };
        using var doomed = server.Client(o => o.HttpHandler = handler).Chat();
        using var other = server.Client().Chat();
        await doomed.RequestStream.WriteAsync(new EchoRequest { Text = "half" });
        await other.RequestStream.WriteAsync(new EchoRequest { Text = "whole" });
        Assert.True(await doomed.ResponseStream.MoveNext());
        Assert.True(await other.ResponseStream.MoveNext());

        socket.Close(0);

        await Eventually.True(() => server.Probe.Ended == 1, "the handler of the cut connection ends");
        await Assert.ThrowsAsync<RpcException>(() => doomed.ResponseStream.MoveNext());
        await other.RequestStream.WriteAsync(new EchoRequest { Text = "still" });
        Assert.True(await other.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Running_calls_finish_when_the_server_is_asked_to_stop()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().Join();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "begun" });
        await Eventually.True(() => server.Probe.Calls == 1, "the handler runs");

        var stopping = server.StopAsync();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "and finished" });
        await call.RequestStream.CompleteAsync();

        Assert.Equal("begun and finished", (await call).Text);
        await stopping;
    }
}
