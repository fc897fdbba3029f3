using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecosystem.Testing;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Callers that treat the connection badly.</summary>
public sealed class ConnectionTests : HostileServer
{
    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    [Fact]
    public async Task A_connection_cut_in_the_middle_of_a_message_ends_its_calls()
    {
        for (var round = 0; round < 20; round++)
        {
            using var caller = new RawCaller(Server.GrpcAddress);
            using var silence = new CancellationTokenSource();
            var calls = Enumerable.Range(0, 5)
                .Select(_ => caller.BeginAsync("Chat", new ThenSilence([.. Frames.Say("whole"), .. Frames.Say("broken")[..^1]], silence.Token), CancellationToken.None))
                .ToArray();
            await Task.WhenAll(calls);

            caller.Cut();
            await silence.CancelAsync();
        }

        await Eventually.True(() => Server.Probe.Ended == Server.Probe.Calls, "every call has ended");
        Assert.Equal(100, Server.Probe.Calls);
    }

    [Fact]
    public async Task A_slow_writer_is_waited_for_and_holds_up_nobody()
    {
        var slow = Caller.PostAsync("Say", new ByteByByte(Frames.Say("slowly")));

        Assert.Equal(StatusCode.OK, (await Caller.PostAsync("Say", Frames.Say("quickly"))).Grpc);
        Assert.Equal(StatusCode.OK, (await slow).Grpc);
    }

    [Fact]
    public async Task A_slow_reader_is_not_written_to_beyond_its_window()
    {
        using var impatience = new CancellationTokenSource();
        using var reading = new RawCaller(Server.GrpcAddress);
        var endless = Frames.Of([0x0a, 1, (byte)'x', 0x10, .. Enumerable.Repeat((byte)0xff, 9), 1, 0x20, 0x80, 0x80, 0x04]);
        using var response = await reading.BeginAsync("Repeat", new ByteArrayContent(endless), impatience.Token);

        var last = -1;
        await Eventually.True(
            async () =>
            {
                var before = Server.Probe.Written;
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
                (var steady, last) = (before == Server.Probe.Written && before == last, Server.Probe.Written);
                return steady;
            },
            "the server waits for its reader");

        Assert.InRange(last * 64L * 1024, 0, 64 * 1024 * 1024);
        reading.Cut();
        await Eventually.True(() => Server.Probe.LastToken.IsCancellationRequested, "the call has ended");
    }

    [Fact]
    public async Task A_flood_of_headers_is_refused()
    {
        using var flood = new RawCaller(Server.GrpcAddress);
        var headers = Enumerable.Range(0, 500).Select(i => ($"x-flood-{i.ToString(CultureInfo.InvariantCulture)}", new string('y', 500))).ToArray();

        var end = await Record.ExceptionAsync(async () =>
            Assert.NotEqual(HttpStatusCode.OK, (await flood.PostAsync("Say", new ByteArrayContent(Frames.Say("hello")), headers: headers)).Http));

        Assert.True(end is null or HttpRequestException, end?.ToString());
        Assert.Equal(0, Server.Probe.Calls);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        using var socket = await ConnectAsync(Preface, Http2Frame(4, 0, 0, []), Http2Frame(1, 0, 1, [0x83, 0x86]));
        var continuation = Http2Frame(9, 0, 1, [.. Enumerable.Repeat((byte)0x84, 16_000)]);

        await Eventually.True(
            async () =>
            {
                try
                {
                    await socket.SendAsync(continuation);
                    return false;
                }
                catch (SocketException)
                {
                    return true;
                }
            },
            "the server has closed the connection");
    }

    [Fact]
    public async Task Random_bytes_in_place_of_HTTP_close_the_connection_only()
    {
        var random = new Random(4711);
        for (var round = 0; round < 200; round++)
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            // Half of them begin well: a preface, the settings, then a frame of random type with random content.
            byte[][] bytes = round % 2 == 0
                ? [noise]
                : [Preface, Http2Frame(4, 0, 0, []), Http2Frame((byte)random.Next(0, 12), (byte)random.Next(0, 256), random.Next(0, 8), noise)];
            using var socket = await ConnectAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(Eventually.Deadline);
            await ReadToEndAsync(socket, patience.Token);
        }
    }

    private static byte[] Http2Frame(byte type, byte flags, int stream, byte[] payload) =>
    [
        (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags,
        0, 0, 0, (byte)stream, .. payload,
    ];

    private static async Task ReadToEndAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset: as good an end as any.
        }
    }

    private async Task<Socket> ConnectAsync(params byte[][] first)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Server.GrpcAddress.Host, Server.GrpcAddress.Port);
        foreach (var bytes in first)
        {
            await socket.SendAsync(bytes);
        }

        return socket;
    }
}
