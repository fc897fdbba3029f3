using System.IO.Compression;
using Ecosystem.Grpc.Tests.Contracts;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Hostile;

public sealed class HostileInputTests : IAsyncLifetime
{
    private EchoServer _server = null!;
    private RawGrpc _raw = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync(o => o.MaxReceiveMessageSize = 1024 * 1024);
        _raw = new RawGrpc(_server.GrpcAddress);
    }

    public async Task DisposeAsync()
    {
        Assert.Equal("alive", (await _server.Client().SayAsync(new EchoRequest { Text = "alive" })).Text);
        _raw.Dispose();
        await _server.DisposeAsync();
    }

    public static TheoryData<string, byte[], StatusCode> Bodies() => new()
    {
        { "nothing", [], StatusCode.Internal },
        { "half a header", [0, 0, 0], StatusCode.Internal },
        { "a header without its message", RawGrpc.Frame(0, 10), StatusCode.Internal },
        { "a length beyond the body", RawGrpc.Frame(0, 1000, 1, 2, 3), StatusCode.Internal },
        { "a length of 4 GiB", RawGrpc.Frame(0, uint.MaxValue, 1, 2, 3), StatusCode.ResourceExhausted },
        { "a length just past the limit", RawGrpc.Frame(0, (1024 * 1024) + 1), StatusCode.ResourceExhausted },
        { "an unknown flag", RawGrpc.Frame(7, 0), StatusCode.Internal },
        { "compressed without saying how", RawGrpc.Frame(1, 3, 1, 2, 3), StatusCode.Internal },
        { "not protobuf", RawGrpc.Frame(0, 4, 0xff, 0xff, 0xff, 0xff), StatusCode.Internal },
        { "two messages for one", [.. RawGrpc.Frame(0, 0), .. RawGrpc.Frame(0, 0)], StatusCode.Internal },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_broken_body_ends_its_call_and_nothing_else(string what, byte[] body, StatusCode expected)
    {
        var (status, _, _) = await _raw.SendAsync(body);

        Assert.True(status == ((int)expected).ToString(System.Globalization.CultureInfo.InvariantCulture), $"{what}: {status}");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    public async Task Another_content_type_is_not_grpc(string contentType)
    {
        var (_, _, response) = await _raw.SendAsync(RawGrpc.Frame(0, 0), change: r => r.Content!.Headers.ContentType = new(contentType));

        Assert.Equal(415, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_small_bomb_does_not_become_a_large_message()
    {
        var bomb = Zip(new byte[200 * 1024 * 1024]);
        Assert.True(bomb.Length < 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();

        var (status, _, _) = await _raw.SendAsync(RawGrpc.Frame(1, (uint)bomb.Length, bomb), change: r => r.Headers.Add("grpc-encoding", "gzip"));

        Assert.Equal("8", status);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50 * 1024 * 1024);
    }

    [Fact]
    public async Task Gzip_that_is_none_is_an_error()
    {
        var (status, _, _) = await _raw.SendAsync(RawGrpc.Frame(1, 4, 1, 2, 3, 4), change: r => r.Headers.Add("grpc-encoding", "gzip"));

        Assert.Equal("13", status);
    }

    [Fact]
    public async Task An_encoding_nobody_knows_is_unimplemented_and_the_known_ones_are_told()
    {
        var (status, _, response) = await _raw.SendAsync(RawGrpc.Frame(0, 0), change: r => r.Headers.Add("grpc-encoding", "brotli"));

        Assert.Equal("12", status);
        Assert.Equal("identity,gzip", response.Headers.GetValues("grpc-accept-encoding").Single());
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
    public async Task A_flood_of_headers_is_refused()
    {
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var (_, _, response) = await _raw.SendAsync(RawGrpc.Frame(0, 0), change: r =>
            {
                for (var i = 0; i < 2000; i++)
                {
                    r.Headers.TryAddWithoutValidation($"x-flood-{i}", new string('x', 100));
                }
            });
            response.EnsureSuccessStatusCode();
        });
    }

    [Fact]
    public async Task Random_bytes_never_get_an_answer_other_than_an_error_or_an_echo()
    {
        var random = new Random(20260101);
        for (var i = 0; i < 300; i++)
        {
            var body = new byte[random.Next(64)];
            random.NextBytes(body);
            if (random.Next(2) == 0 && body.Length >= 5)
            {
                (body[0], body[1], body[2], body[3], body[4]) = (0, 0, 0, 0, (byte)(body.Length - 5));
            }

            var (status, _, _) = await _raw.SendAsync(body);
            Assert.Contains(status, (string?[])["0", "2", "8", "13", .. Enumerable.Range(1, 16).Select(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        }
    }

    [Fact]
    public async Task A_message_with_unknown_fields_is_read()
    {
        var (status, body, _) = await _raw.SendAsync(RawGrpc.Frame(0, 6, 0x0a, 1, (byte)'x', 0xf8, 0x7f, 1));

        Assert.Equal("0", status);
        Assert.Equal("x", EchoReply.Parser.ParseFrom(body[5..]).Text);
    }

    private static byte[] Zip(byte[] plain)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return zipped.ToArray();
    }
}
