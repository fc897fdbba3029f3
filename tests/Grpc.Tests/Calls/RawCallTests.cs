using Ecosystem.Grpc.Tests.Contracts;

namespace Ecosystem.Grpc.Tests.Calls;

/// <summary>What no client library sends and a server has to bear.</summary>
public sealed class RawCallTests : IAsyncLifetime
{
    private EchoServer _server = null!;
    private RawGrpc _raw = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _raw = new RawGrpc(_server.GrpcAddress);
    }

    public async Task DisposeAsync()
    {
        _raw.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("grpc-timeout", "soon")]
    [InlineData("grpc-timeout", "999999999S")]
    [InlineData("grpc-timeout", "-1S")]
    [InlineData("x-odd!name", "1")]
    [InlineData("x-broken-bin", "%%%")]
    public async Task Odd_headers_do_no_harm(string name, string value)
    {
        var (status, _, _) = await _raw.SendAsync(RawGrpc.Frame(0, 0), change: r => r.Headers.TryAddWithoutValidation(name, value));

        Assert.Equal("0", status);
    }

    [Fact]
    public async Task A_message_with_unknown_fields_is_read()
    {
        var (status, body, _) = await _raw.SendAsync(RawGrpc.Frame(0, 6, 0x0a, 1, (byte)'x', 0xf8, 0x7f, 1));

        Assert.Equal("0", status);
        Assert.Equal("x", EchoReply.Parser.ParseFrom(body[5..]).Text);
    }
}
