using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class CompressionTests
{
    [Fact]
    public async Task A_compressing_client_is_understood()
    {
        await using var server = await EchoServer.StartAsync();

        var reply = await server.Client().SayAsync(
            new EchoRequest { Text = new string('x', 100_000) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        Assert.Equal(100_000, reply.Text.Length);
        Assert.Equal("gzip", server.Probe.Last.RequestHeaders.GetValue("grpc-encoding"));
    }

    [Fact]
    public async Task A_compressing_server_is_understood()
    {
        await using var server = await EchoServer.StartAsync(o => o.ResponseCompressionAlgorithm = "gzip");

        using var call = server.Client().SayAsync(new EchoRequest { Size = 100_000 });

        Assert.Equal(100_000, (await call).Payload.Length);
        Assert.Equal("gzip", (await call.ResponseHeadersAsync).GetValue("grpc-encoding"));
    }

    [Theory]
    [InlineData("identity,gzip", 1)]
    [InlineData("identity", 0)]
    [InlineData("br", 0)]
    public async Task Only_who_accepts_gzip_gets_it(string accepted, byte flag)
    {
        await using var server = await EchoServer.StartAsync(o => o.ResponseCompressionAlgorithm = "gzip");
        using var raw = new RawGrpc(server.GrpcAddress);

        var (status, body, _) = await raw.SendAsync(RawGrpc.Frame(0, 0), change: r => r.Headers.Add("grpc-accept-encoding", accepted));

        Assert.Equal("0", status);
        Assert.Equal(flag, body[0]);
    }
}
