using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class MetadataTests : IAsyncLifetime
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
    public async Task Text_and_bytes_come_back_as_headers_and_trailers()
    {
        byte[] bytes = [0, 1, 2, 0xab, 0xff];
        using var call = _client.SayAsync(
            new EchoRequest { Text = "headers" },
            new Metadata { { "x-echo", "as sent" }, { "x-echo-bin", bytes } });

        await call;

        Assert.Equal("as sent", (await call.ResponseHeadersAsync).GetValue("x-echo"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("x-echo-bin"));
    }

    [Fact]
    public async Task Call_credentials_need_a_secure_channel_unless_told_otherwise()
    {
        var credentials = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("authorization", "Bearer token");
            return Task.CompletedTask;
        });

        await _client.SayAsync(new EchoRequest(), new CallOptions(credentials: credentials));
        Assert.Null(_server.Probe.Last.RequestHeaders.GetValue("authorization"));

        await _server.Client(o => o.UnsafeUseInsecureChannelCallCredentials = true).SayAsync(new EchoRequest(), new CallOptions(credentials: credentials));
        Assert.Equal("Bearer token", _server.Probe.Last.RequestHeaders.GetValue("authorization"));
    }

    [Fact]
    public async Task The_handler_knows_method_peer_and_host()
    {
        await _client.SayAsync(new EchoRequest());

        var context = _server.Probe.Last;
        Assert.Equal("/testing.v1.Echo/Say", context.Method);
        Assert.StartsWith("ipv4:127.0.0.1:", context.Peer, StringComparison.Ordinal);
        Assert.Equal(_server.GrpcAddress.Authority, context.Host);
    }

    [Fact]
    public async Task The_endpoint_of_a_method_carries_its_descriptor()
    {
        await _client.SayAsync(new EchoRequest());

        Assert.Equal("testing.v1.Echo.Say", _server.Probe.Last.Descriptor);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("")]
    public void A_key_with_other_characters_is_refused(string key) =>
        Assert.ThrowsAny<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void Keys_are_lower_case_and_the_last_value_counts()
    {
        var metadata = new Metadata { { "Key", "first" }, { "KEY", "last" } };

        Assert.Equal("last", metadata.GetValue("key"));
        Assert.All(metadata, e => Assert.Equal("key", e.Key));
    }
}
