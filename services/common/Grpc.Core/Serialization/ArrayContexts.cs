using System.Buffers;

namespace Grpc.Core;

internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private byte[]? _payload;

    public override void Complete(byte[] payload) => _payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => _writer ??= new ArrayBufferWriter<byte>();

    public override void SetPayloadLength(int payloadLength)
    {
        if (payloadLength > 0)
        {
            _writer ??= new ArrayBufferWriter<byte>(payloadLength);
        }
    }

    public override void Complete() => _payload = _writer?.WrittenSpan.ToArray() ?? [];

    internal byte[] ToArray() => _payload ?? throw new InvalidOperationException("The marshaller did not complete the message.");
}

internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => [.. payload];

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}
