namespace Grpc.Core;

/// <summary>Flags of a written message.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The message may wait in a buffer for the next one.</summary>
    BufferHint = 1,

    /// <summary>The message is sent uncompressed although the call is compressed.</summary>
    NoCompress = 2,
}

/// <summary>How messages are written.</summary>
/// <param name="flags">The flags.</param>
public class WriteOptions(WriteFlags flags = WriteFlags.None)
{
    /// <summary>No flags.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>The flags.</summary>
    public WriteFlags Flags { get; } = flags;
}
