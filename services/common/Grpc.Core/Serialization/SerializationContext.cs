using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts the bytes of a message.</summary>
public abstract class SerializationContext
{
    /// <summary>Completes with a buffer made by the marshaller.</summary>
    /// <param name="payload">The message; owned by the context from now on.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>A writer for the bytes; end with <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Says in advance how many bytes will be written, so that the frame header can be written first.</summary>
    /// <param name="payloadLength">The number of bytes.</param>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotImplementedException();

    /// <summary>Completes what was written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}

/// <summary>Where a marshaller finds the bytes of a message.</summary>
public abstract class DeserializationContext
{
    /// <summary>The number of bytes of the message.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message in a buffer of its own.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The message where it lies; valid until the deserialiser returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}
