using Ecosystem.Grpc.Server.Hosting;
using Ecosystem.Grpc.Tests.Contracts;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class LargeWindowTests
{
    [Fact]
    public async Task A_connection_may_have_as_much_unread_as_one_message_may_be_long()
    {
        await using var server = await EchoServer.StartAsync();
        var http2 = server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.Http2;

        Assert.Equal(new GrpcServiceOptions().MaxReceiveMessageSize, http2.InitialConnectionWindowSize);
        Assert.Equal(LargeWindows.OfCall, http2.InitialStreamWindowSize);
    }

    [Fact]
    public void Windows_that_the_host_sets_count()
    {
        var services = new ServiceCollection();
        services.AddGrpc();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.Http2.InitialStreamWindowSize = 65_535);
        using var provider = services.BuildServiceProvider();

        Assert.Equal(65_535, provider.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.Http2.InitialStreamWindowSize);
    }

    [Fact]
    public async Task Messages_larger_than_what_a_call_may_have_unread_arrive()
    {
        await using var server = await EchoServer.StartAsync();
        var text = new string('a', LargeWindows.OfConnection - 64);

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await server.Client().SayAsync(new EchoRequest { Text = text })).Text.Length));

        Assert.Equal([text.Length, text.Length, text.Length, text.Length], replies);
    }
}
