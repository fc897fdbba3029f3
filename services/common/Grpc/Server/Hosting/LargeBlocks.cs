using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Ecosystem.Grpc.Server.Hosting;

/// <summary>
/// The memory through which requests and responses pass, in blocks that hold two frames of HTTP/2 (RFC 9113, section 4.2) where Kestrel's own hold
/// a quarter of one: a large message then takes an eighth of the calls to the system and of the seams. The blocks come from the shared pool of the
/// runtime, which gives back what is no longer used. A connection that waits holds none.
/// </summary>
internal sealed class LargeBlocks : IMemoryPoolFactory<byte>
{
    public const int BlockSize = 32 * 1024;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        /// <summary>Whoever wants more at once gets an array elsewhere.</summary>
        public override int MaxBufferSize => BlockSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
            return Shared.Rent(BlockSize);
        }

        protected override void Dispose(bool disposing)
        {
            // The shared pool outlives every server.
        }
    }
}
