using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Ecosystem.Grpc.Server.Hosting;

/// <summary>
/// The memory through which requests and responses pass, in blocks that hold two frames of HTTP/2 (RFC 9113, section 4.2) where Kestrel's own hold
/// a quarter of one: a large message then takes an eighth of the calls to the system and of the seams. A connection that waits holds none.
/// </summary>
internal sealed class LargeBlocks(TimeProvider? time = null) : IMemoryPoolFactory<byte>
{
    public const int BlockSize = 32 * 1024;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new BlockPool(BlockSize, time ?? TimeProvider.System);
}
