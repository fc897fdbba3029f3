using System.Buffers;
using System.Runtime.InteropServices;

namespace Ecosystem.Grpc.Server.Hosting;

/// <summary>
/// Blocks of memory of one size. A block given back is kept, however many there are, because a server that answers large messages needs as many again
/// at once; pools with a limit make and collect them anew for each. What lay idle for a whole <see cref="Interval"/> is let go.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>How often idle blocks are let go.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly int _blockSize;
    private readonly ITimer _timer;
    private Block? _newest;
    private int _idle;
    private int _idleThroughout;
    private bool _isTimed;
    private bool _isDisposed;

    /// <summary>Creates a pool that holds nothing yet.</summary>
    /// <param name="blockSize">The size of each block in bytes.</param>
    /// <param name="time">Says when an interval is over.</param>
    public BlockPool(int blockSize, TimeProvider time)
    {
        _blockSize = blockSize;
        _timer = time.CreateTimer(static pool => ((BlockPool)pool!).LetGo(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whoever wants more at once gets an array elsewhere.</summary>
    public override int MaxBufferSize => _blockSize;

    /// <summary>Hands out the block that came back last, which the processor is likeliest to have in its cache.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is wanted than a block holds.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, _blockSize);
        lock (_lock)
        {
            if (_idle > 0)
            {
                var block = Take();
                _idleThroughout = Math.Min(_idleThroughout, _idle);
                return block;
            }
        }

        return new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _isDisposed = true;
            _newest = null;
            _idle = 0;
            _idleThroughout = 0;
        }

        _timer.Dispose();
    }

    private void GiveBack(Block block)
    {
        lock (_lock)
        {
            if (block.IsIdle || _isDisposed)
            {
                return;
            }

            block.IsIdle = true;
            block.Older = _newest;
            _newest = block;
            _idle++;
            if (!_isTimed)
            {
                _isTimed = true;
                _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void LetGo()
    {
        lock (_lock)
        {
            for (; _idleThroughout > 0; _idleThroughout--)
            {
                Take();
            }

            _idleThroughout = _idle;
            _isTimed = _idle > 0;
            if (_isTimed)
            {
                _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private Block Take()
    {
        var block = _newest!;
        _newest = block.Older;
        block.Older = null;
        block.IsIdle = false;
        _idle--;
        return block;
    }

    /// <summary>Memory that the collector leaves where it is, so that the system can read and write it without further ado.</summary>
    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } =
            MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(pool._blockSize, pinned: true), 0, pool._blockSize);

        /// <summary>The idle block that came back before this one.</summary>
        public Block? Older { get; set; }

        /// <summary>Guards against a block given back twice, which would then be in two hands.</summary>
        public bool IsIdle { get; set; }

        public void Dispose() => pool.GiveBack(this);
    }
}
