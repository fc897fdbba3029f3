using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class DrainTests
{
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
