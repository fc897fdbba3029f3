using System.Diagnostics;
using Ecosystem.Grpc.Tests.Contracts;
using Ecosystem.Testing;
using Grpc.Core;
using Xunit.Abstractions;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Very many calls.</summary>
public sealed class CrowdTests(ITestOutputHelper output) : HostileServer
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>Not among them: messages near the size limit, because the shared array pool keeps their memory for the next ones.</summary>
    private static readonly (byte[] Body, string ContentType)[] Broken =
    [
        (Frames.Say("broken")[..^1], "application/grpc"),
        ([.. Frames.Header(uint.MaxValue), 1, 2, 3], "application/grpc"),
        (Frames.Of([1, 2, 3], isCompressed: true), "application/grpc"),
        (Frames.Of([0xff, 0xff, 0xff]), "application/grpc"),
        (Frames.Say("hello"), "text/plain"),
    ];

    [Fact]
    public async Task Ten_thousand_streams_are_served_at_once()
    {
        const int Count = 10_000;
        var client = Server.Client();
        var streams = Enumerable.Range(0, Count).Select(_ => client.Chat()).ToArray();

        await Task.WhenAll(streams.Select(stream => stream.RequestStream.WriteAsync(new EchoRequest { Text = "all" })));
        await Task.WhenAll(streams.Select(async stream => Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None))));
        Assert.Equal((Count, 0), (Server.Probe.Calls, Server.Probe.Ended));

        await Task.WhenAll(streams.Select(stream => stream.RequestStream.CompleteAsync()));
        await Task.WhenAll(streams.Select(async stream => Assert.False(await stream.ResponseStream.MoveNext(CancellationToken.None))));
        Assert.Equal(Count, Server.Probe.Ended);
    }

    [Fact]
    public async Task Calls_given_up_as_soon_as_they_begin_all_end()
    {
        const int Count = 2_000;
        var client = Server.Client();
        await Parallel.ForAsync(0, Count, async (_, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            using var call = client.Chat(cancellationToken: cancellation.Token);
            var end = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Text = "hello" }, CancellationToken.None);
                await cancellation.CancelAsync();
                await call.ResponseStream.ReadAllAsync().ToListAsync();
            });

            // Kestrel cuts a connection that resets streams faster than they end (CVE-2023-44487), so calls that share it may find it gone.
            Assert.Contains(end.StatusCode, (StatusCode[])[StatusCode.Cancelled, StatusCode.Unavailable]);
        });

        await Eventually.True(() => Server.Probe.Ended == Server.Probe.Calls, "every call has ended");
    }

    [Fact]
    public async Task Memory_stays_flat_over_many_calls()
    {
        // One call in ten is broken, each time in another way. MEMORY_CALLS=1000000 for the long run.
        var count = int.TryParse(Environment.GetEnvironmentVariable("MEMORY_CALLS"), out var asked) ? asked : 50_000;
        var client = Server.Client();
        await CallAsync(10_000);
        var (managed, resident) = Memory();

        await CallAsync(count);

        var (managedAfter, residentAfter) = Memory();
        output.WriteLine($"{count} calls: managed {managed} -> {managedAfter} bytes, resident {resident} -> {residentAfter} bytes");
        Assert.InRange(managedAfter - managed, long.MinValue, 8 * Megabyte);
        Assert.InRange(residentAfter - resident, long.MinValue, 128 * Megabyte);

        Task CallAsync(int calls) => Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, token) =>
        {
            if (i % 10 == 0)
            {
                var (body, contentType) = Broken[i / 10 % Broken.Length];
                await Caller.PostAsync("Say", new ByteArrayContent(body), contentType, ("grpc-encoding", "gzip"));
            }
            else
            {
                await client.SayAsync(new EchoRequest { Text = "hello" }, cancellationToken: token);
            }
        });
    }

    private static (long Managed, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), self.WorkingSet64);
    }
}
