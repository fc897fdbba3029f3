using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Grpc.Wire;

/// <summary>
/// Reads messages, each behind one flag byte and four length bytes (PROTOCOL-HTTP2.md, "Length-Prefixed-Message").
/// A length is believed only up to the size limit, and memory grows only with bytes that arrived.
/// </summary>
/// <param name="pipe">Where the bytes come from.</param>
/// <param name="maxMessageSize">Largest message in bytes, compressed or not; null is no limit.</param>
internal sealed class FrameReader(PipeReader pipe, int? maxMessageSize)
{
    public const int HeaderSize = 5;

    private readonly FrameDeserializationContext _context = new();

    /// <summary>Whether compressed messages are gzip; false when the headers name no encoding.</summary>
    public bool AllowsCompression { get; set; }

    /// <summary>Whether the last message came compressed.</summary>
    public bool WasCompressed { get; private set; }

    /// <summary>The next message, or null at the end of the stream.</summary>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserialize, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            ThrowIfCanceled(result, cancellationToken);
            if (TryRead(result.Buffer, deserialize, out var message))
            {
                return message;
            }

            if (!result.IsCompleted)
            {
                pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            pipe.AdvanceTo(result.Buffer.End);
            return result.Buffer.IsEmpty ? null : throw WireErrors.Truncated();
        }
    }

    /// <summary>The only message of a stream.</summary>
    public async ValueTask<T> ReadSingleAsync<T>(Func<DeserializationContext, T> deserialize, CancellationToken cancellationToken)
        where T : class
    {
        var message = await ReadAsync(deserialize, cancellationToken) ?? throw WireErrors.NoMessage();
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            ThrowIfCanceled(result, cancellationToken);
            var isEmpty = result.Buffer.IsEmpty;
            pipe.AdvanceTo(result.Buffer.End);
            if (!isEmpty)
            {
                throw WireErrors.TooManyMessages();
            }

            if (result.IsCompleted)
            {
                return message;
            }
        }
    }

    /// <summary>Gives the pipe's memory back; nothing is read afterwards.</summary>
    public void Complete() => pipe.Complete();

    private bool TryRead<T>(in ReadOnlySequence<byte> buffer, Func<DeserializationContext, T> deserialize, out T? message)
        where T : class
    {
        message = null;
        if (buffer.Length < HeaderSize)
        {
            return false;
        }

        var (isCompressed, length) = ReadHeader(buffer);
        if (buffer.Length - HeaderSize < length)
        {
            return false;
        }

        var payload = buffer.Slice(HeaderSize, length);
        WasCompressed = isCompressed;
        try
        {
            message = Decode(payload, isCompressed, deserialize);
        }
        finally
        {
            pipe.AdvanceTo(payload.End);
        }

        return true;
    }

    private (bool IsCompressed, int Length) ReadHeader(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        var problem = header[0] switch
        {
            > 1 => WireErrors.BadFlag(header[0]),
            1 when !AllowsCompression => WireErrors.CompressedWithoutEncoding(),
            _ when length > (uint)(maxMessageSize ?? int.MaxValue) => WireErrors.ReceivedTooLarge(maxMessageSize ?? int.MaxValue),
            _ => null,
        };
        if (problem is not null)
        {
            pipe.AdvanceTo(buffer.End);
            throw problem;
        }

        return (header[0] == 1, (int)length);
    }

    private T Decode<T>(in ReadOnlySequence<byte> payload, bool isCompressed, Func<DeserializationContext, T> deserialize)
    {
        if (!isCompressed)
        {
            return Deserialize(payload, deserialize);
        }

        using var plain = Gzip.Decompress(payload, maxMessageSize);
        return Deserialize(new ReadOnlySequence<byte>(plain.WrittenMemory), deserialize);
    }

    private T Deserialize<T>(in ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserialize)
    {
        _context.Payload = payload;
        try
        {
            return deserialize(_context);
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw WireErrors.Undecodable(broken);
        }
        finally
        {
            _context.Payload = default;
        }
    }

    private static void ThrowIfCanceled(ReadResult result, CancellationToken cancellationToken)
    {
        if (result.IsCanceled)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private sealed class FrameDeserializationContext : DeserializationContext
    {
        public ReadOnlySequence<byte> Payload { get; set; }

        public override int PayloadLength => (int)Payload.Length;

        public override byte[] PayloadAsNewBuffer() => Payload.ToArray();

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => Payload;
    }
}
