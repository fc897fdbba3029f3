using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;

namespace Ecosystem.Grpc.Wire;

/// <summary>
/// Writes messages, each behind one flag byte and four length bytes. A message that says its length first (all of protobuf's do)
/// goes straight into the transport's buffer; only compression needs one of its own.
/// </summary>
/// <param name="target">The transport's buffer.</param>
/// <param name="maxMessageSize">Largest message in bytes before compression; null is no limit.</param>
internal sealed class FrameWriter(IBufferWriter<byte> target, int? maxMessageSize) : SerializationContext
{
    private PooledBufferWriter? _buffered;
    private bool _compresses;
    private bool _isHeaderWritten;
    private bool _isComplete;

    /// <summary>How hard to compress.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Fastest;

    public void Write<T>(T message, Action<T, SerializationContext> serialize, bool compress)
    {
        _compresses = compress;
        _isHeaderWritten = false;
        _isComplete = false;
        try
        {
            serialize(message, this);
            if (!_isComplete)
            {
                throw new InvalidOperationException("The marshaller did not complete the message.");
            }
        }
        finally
        {
            _buffered?.Dispose();
            _buffered = null;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        if (payloadLength > maxMessageSize)
        {
            throw WireErrors.SentTooLarge(maxMessageSize.Value);
        }

        if (!_compresses)
        {
            WriteHeader(payloadLength, isCompressed: false);
        }
    }

    public override IBufferWriter<byte> GetBufferWriter() => _isHeaderWritten ? target : _buffered ??= new PooledBufferWriter();

    public override void Complete()
    {
        if (!_isHeaderWritten)
        {
            WritePayload(_buffered is null ? [] : _buffered.WrittenSpan);
        }

        _isComplete = true;
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        WritePayload(payload);
        _isComplete = true;
    }

    private void WritePayload(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > maxMessageSize)
        {
            throw WireErrors.SentTooLarge(maxMessageSize.Value);
        }

        if (!_compresses)
        {
            WriteHeader(payload.Length, isCompressed: false);
            target.Write(payload);
            return;
        }

        using var compressed = Gzip.Compress(payload, Level);
        WriteHeader(compressed.WrittenCount, isCompressed: true);
        target.Write(compressed.WrittenSpan);
    }

    private void WriteHeader(int length, bool isCompressed)
    {
        var header = target.GetSpan(FrameReader.HeaderSize);
        header[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        target.Advance(FrameReader.HeaderSize);
        _isHeaderWritten = true;
    }
}
