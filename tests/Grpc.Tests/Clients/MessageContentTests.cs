using System.Buffers;
using Ecosystem.Grpc.Client.Calls;
using Ecosystem.Grpc.Wire;

namespace Ecosystem.Grpc.Tests.Clients;

public sealed class MessageContentTests
{
    [Fact]
    public async Task A_message_still_being_sent_keeps_its_memory_after_the_call_has_ended()
    {
        var message = Enumerable.Repeat((byte)7, 100_000).ToArray();
        var frame = new PooledBufferWriter(message.Length);
        frame.Write(message);
        var content = new MessageContent(frame);
        var sending = content.CopyToAsync(new HeldStream(out var release));

        content.Dispose();
        Assert.Equal(message.Length, frame.WrittenCount);

        release.SetResult();
        await sending;
        Assert.Equal(0, frame.WrittenCount);
    }

    [Fact]
    public void A_message_never_sent_gives_its_memory_back_at_once()
    {
        var frame = new PooledBufferWriter();
        frame.Write("x"u8);

        new MessageContent(frame).Dispose();

        Assert.Equal(0, frame.WrittenCount);
    }

    [Fact]
    public async Task A_message_may_be_sent_again_over_another_connection()
    {
        var frame = new PooledBufferWriter();
        frame.Write("again"u8);
        using var content = new MessageContent(frame);

        await content.CopyToAsync(Stream.Null);
        using var second = new MemoryStream();
        await content.CopyToAsync(second);

        Assert.Equal("again"u8.ToArray(), second.ToArray());
    }

    /// <summary>A connection that takes nothing until it is released.</summary>
    private sealed class HeldStream : MemoryStream
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldStream(out TaskCompletionSource release) => release = _release;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _release.Task.WaitAsync(cancellationToken);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
