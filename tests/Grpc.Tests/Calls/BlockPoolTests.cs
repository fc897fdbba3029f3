using System.Buffers;
using Ecosystem.Grpc.Server.Hosting;
using Ecosystem.Testing;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class BlockPoolTests : IDisposable
{
    private const int BlockSize = 64;

    private readonly ManualTime _time = new();
    private readonly BlockPool _pool;

    public BlockPoolTests() => _pool = new BlockPool(BlockSize, _time);

    [Fact]
    public void The_block_that_came_back_last_is_the_next_to_go_out()
    {
        var (first, second) = (_pool.Rent(), _pool.Rent());
        first.Dispose();
        second.Dispose();

        Assert.Same(second, _pool.Rent());
        Assert.Same(first, _pool.Rent());
    }

    [Fact]
    public void As_many_blocks_are_kept_as_were_out_at_once()
    {
        var blocks = RentedAndGivenBack(10_000);

        Assert.Equal(blocks, Rented(10_000));
    }

    [Fact]
    public void Blocks_that_lay_idle_for_a_whole_interval_are_let_go()
    {
        var blocks = RentedAndGivenBack(3);

        _time.Advance(2 * BlockPool.Interval);

        Assert.DoesNotContain(_pool.Rent(), blocks);
    }

    [Fact]
    public void Blocks_that_were_out_within_the_interval_are_kept()
    {
        var blocks = RentedAndGivenBack(3);

        for (var interval = 0; interval < 5; interval++)
        {
            _time.Advance(BlockPool.Interval);
            RentedAndGivenBack(2);
        }

        Assert.Equal(2, Rented(3).Intersect(blocks).Count());
    }

    [Fact]
    public void A_pool_that_holds_nothing_waits_for_nothing()
    {
        RentedAndGivenBack(3);

        _time.Advance(2 * BlockPool.Interval);

        Assert.False(_time.IsAwaited(BlockPool.Interval));
    }

    [Fact]
    public void A_block_given_back_twice_goes_out_once()
    {
        var block = _pool.Rent();
        block.Dispose();
        block.Dispose();

        Assert.NotSame(_pool.Rent(), _pool.Rent());
    }

    [Fact]
    public void A_block_that_comes_back_after_the_end_is_not_kept()
    {
        var block = _pool.Rent();
        _pool.Dispose();

        block.Dispose();

        Assert.NotSame(block, _pool.Rent());
        Assert.False(_time.IsAwaited(BlockPool.Interval));
    }

    [Fact]
    public void More_than_a_block_holds_is_refused()
    {
        Assert.Equal(BlockSize, _pool.MaxBufferSize);
        Assert.Equal(BlockSize, _pool.Rent(BlockSize).Memory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(BlockSize + 1));
    }

    [Fact]
    public void No_block_is_in_two_hands()
    {
        Parallel.For(0, 20_000, turn =>
        {
            using var block = _pool.Rent();
            using var other = _pool.Rent();
            var mark = (byte)turn;
            block.Memory.Span.Fill(mark);
            other.Memory.Span.Fill((byte)~mark);

            Assert.Equal(-1, block.Memory.Span.IndexOfAnyExcept(mark));
        });
    }

    public void Dispose() => _pool.Dispose();

    private IMemoryOwner<byte>[] Rented(int count) => [.. Enumerable.Range(0, count).Select(_ => _pool.Rent())];

    private IMemoryOwner<byte>[] RentedAndGivenBack(int count)
    {
        var blocks = Rented(count);
        foreach (var block in blocks.Reverse())
        {
            block.Dispose();
        }

        return blocks;
    }
}
