using System.Buffers;
using Ecosystem.Grpc.Server.Hosting;
using Ecosystem.Grpc.Tests.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Grpc.Tests.Calls;

public sealed class LargeBlockTests
{
    [Fact]
    public async Task The_server_receives_and_sends_in_large_blocks()
    {
        await using var server = await EchoServer.StartAsync();
        using var pool = server.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create();

        using var block = pool.Rent(1);

        Assert.Equal(LargeBlocks.BlockSize, block.Memory.Length);
        Assert.Equal(LargeBlocks.BlockSize, pool.MaxBufferSize);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(LargeBlocks.BlockSize + 1));
    }

    [Fact]
    public async Task Messages_that_end_anywhere_in_a_block_arrive_as_they_were_sent()
    {
        await using var server = await EchoServer.StartAsync();
        var client = server.Client();
        var random = new Random(20_261_122);
        int[] sizes = [.. from blocks in (int[])[1, 2, 3, 32] from beside in Enumerable.Range(-16, 24) select (blocks * LargeBlocks.BlockSize) + beside];
        var texts = sizes.Select(size => string.Create(size, random, (letters, from) => from.GetItems("abcdefghijklmnopqrstuvwxyz", letters))).ToArray();

        var replies = await Task.WhenAll(texts.Select(async text => (await client.SayAsync(new EchoRequest { Text = text })).Text));

        Assert.Equal(texts, replies);
    }
}
