using System.Buffers;
using System.IO.Compression;
using Grpc.Core;

namespace Ecosystem.Grpc.Wire;

/// <summary>The one message encoding offered besides identity (PROTOCOL-HTTP2.md, "Message-Encoding").</summary>
internal static class Gzip
{
    public const string Name = "gzip";

    private const int ChunkSize = 16 * 1024;

    public static PooledBufferWriter Compress(ReadOnlySpan<byte> payload, CompressionLevel level)
    {
        var target = new PooledBufferWriter(payload.Length / 2);
        using var gzip = new GZipStream(new BufferWriterStream(target), level);
        gzip.Write(payload);
        return target;
    }

    /// <summary>Decompresses up to the size limit, so that a small bomb cannot become a large buffer.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED past the limit, INTERNAL when it is not gzip.</exception>
    public static PooledBufferWriter Decompress(in ReadOnlySequence<byte> payload, int? limit)
    {
        var target = new PooledBufferWriter((int)Math.Min(payload.Length * 2, ChunkSize * 4));
        try
        {
            using var gzip = new GZipStream(new SequenceStream(payload), CompressionMode.Decompress);
            while (true)
            {
                // No more room than the limit leaves: a bomb must not make the pool keep buffers of twice its size.
                var room = Math.Min(ChunkSize, (limit ?? int.MaxValue) - target.WrittenCount);
                if (room == 0)
                {
                    return gzip.ReadByte() < 0 ? target : throw WireErrors.ReceivedTooLarge(limit!.Value);
                }

                var read = gzip.Read(target.GetSpan(room)[..room]);
                if (read == 0)
                {
                    return target;
                }

                target.Advance(read);
            }
        }
        catch (InvalidDataException broken)
        {
            target.Dispose();
            throw new RpcException(new Status(StatusCode.Internal, "The message says it is gzip and is not.", broken));
        }
        catch (RpcException)
        {
            target.Dispose();
            throw;
        }
    }
}
