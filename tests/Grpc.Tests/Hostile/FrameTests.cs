using System.Net;
using Ecosystem.Grpc.Tests.Contracts;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Bodies that are no frames, or frames that lie.</summary>
public sealed class FrameTests : HostileServer
{
    private static readonly Verdict Internal = new(HttpStatusCode.OK, StatusCode.Internal);
    private static readonly Verdict TooLarge = new(HttpStatusCode.OK, StatusCode.ResourceExhausted);

    [Fact]
    public async Task Every_truncation_of_a_frame_is_refused()
    {
        var frame = Frames.Say("whole");
        for (var length = 0; length < frame.Length; length++)
        {
            Assert.Equal(Internal, await Caller.PostAsync("Say", frame[..length]));
        }
    }

    [Fact]
    public async Task A_truncated_message_ends_a_stream()
    {
        Assert.Equal(Internal, await Caller.PostAsync("Join", Frames.Say("whole"), Frames.Say("broken")[..^1]));
        Assert.Equal(Internal, await Caller.PostAsync("Chat", Frames.Say("whole"), Frames.Say("broken")[..^1]));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(1000u)]
    [InlineData(4u * 1024 * 1024)]
    public async Task A_length_larger_than_the_body_is_refused(uint more) =>
        Assert.Equal(Internal, await Caller.PostAsync("Say", Frames.Header(more), []));

    [Theory]
    [InlineData((4u * 1024 * 1024) + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(1u + int.MaxValue)]
    [InlineData(uint.MaxValue)]
    public async Task A_length_past_the_limit_is_refused_before_its_bytes_come(uint length)
    {
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal(TooLarge, await Caller.PostAsync("Say", Frames.Header(length), new byte[100]));

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task A_flag_that_nobody_knows_is_refused() =>
        Assert.Equal(Internal, await Caller.PostAsync("Say", Frames.Header(0, flag: 2)));

    [Fact]
    public async Task A_second_message_is_refused_where_one_is_expected() =>
        Assert.Equal(Internal, await Caller.PostAsync("Say", Frames.Say("one"), Frames.Say("two")));

    [Fact]
    public async Task Bytes_that_are_no_message_are_refused() =>
        Assert.Equal(Internal, await Caller.PostAsync("Say", Frames.Of([0xff, 0xff, 0xff, 0xff, 0xff])));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/grpcx")]
    [InlineData("application/grpc+thrift")]
    [InlineData("")]
    public async Task Another_content_type_is_refused_by_HTTP(string contentType) => Assert.Equal(
        HttpStatusCode.UnsupportedMediaType,
        (await Caller.PostAsync("Say", new ByteArrayContent(Frames.Say("hello")), contentType)).Http);

    [Fact]
    public async Task A_compressed_message_without_an_encoding_is_refused() =>
        Assert.Equal(Internal, await Caller.PostAsync("Say", Frames.Of(Frames.Gzip([]), isCompressed: true)));

    [Fact]
    public async Task An_encoding_that_nobody_knows_is_refused() => Assert.Equal(
        StatusCode.Unimplemented,
        (await Caller.PostAsync("Say", new ByteArrayContent(Frames.Say("hello")), headers: ("grpc-encoding", "snappy"))).Grpc);

    [Fact]
    public async Task What_says_it_is_gzip_and_is_not_is_refused() => Assert.Equal(
        Internal, await Caller.PostAsync("Say", new ByteArrayContent(Frames.Of([1, 2, 3], isCompressed: true)), headers: ("grpc-encoding", "gzip")));

    [Fact]
    public async Task A_compressed_bomb_is_stopped_at_the_size_limit()
    {
        var bomb = Frames.Of(Frames.Gzip(new EchoRequest { Text = new string('0', 256 * 1024 * 1024) }.ToByteArray()), isCompressed: true);
        Assert.InRange(bomb.Length, 1, 4 * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(TooLarge, await Caller.PostAsync("Say", new ByteArrayContent(bomb), headers: ("grpc-encoding", "gzip")));
        }

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256 * 1024 * 1024);
    }
}
