using Ecosystem.InteropPeer.Contract;
using Grpc.Core;
using static Ecosystem.InteropPeer.Client.StreamingCases;
using static Ecosystem.InteropPeer.Client.UnaryCases;

namespace Ecosystem.InteropPeer.Client;

/// <summary>Cases of metadata, statuses, cancellation and deadlines.</summary>
internal static class EndingCases
{
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP \u263A and non-BMP \U0001F608\t\n";

    public static IEnumerable<(string Name, Func<Task> Run)> All(CountedChannel wire) =>
    [
        ("custom_metadata", () => CustomMetadataAsync(wire)),
        ("status_code_and_message", () => StatusAsync(wire, "test status message", isStreamedToo: true)),
        ("special_status_message", () => StatusAsync(wire, SpecialMessage, isStreamedToo: false)),
        ("unimplemented_method", () => Expect.EndsWithAsync(
            StatusCode.Unimplemented, async () => await wire.Service.UnimplementedCallAsync(new Empty(), CountedChannel.Call()))),
        ("unimplemented_service", () => Expect.EndsWithAsync(
            StatusCode.Unimplemented, async () => await wire.Unknown.UnimplementedCallAsync(new Empty(), CountedChannel.Call()))),
        ("cancel_after_begin", () => CancelAfterBeginAsync(wire)),
        ("cancel_after_first_response", () => CancelAfterFirstResponseAsync(wire)),
        ("timeout_on_sleeping_server", () => TimeoutAsync(wire)),
    ];

    private static async Task CustomMetadataAsync(CountedChannel wire)
    {
        Metadata.Entry[] sent = [new(WellKnown.EchoInitial, "test_initial_metadata_value"), new(WellKnown.EchoTrailing, [0xab, 0xab, 0xab])];
        using var unary = wire.Service.UnaryCallAsync(Large(), CountedChannel.Call(sent));
        await unary;
        Check(await unary.ResponseHeadersAsync, unary.GetTrailers());

        using var stream = wire.Service.FullDuplexCall(CountedChannel.Call(sent));
        await stream.RequestStream.WriteAsync(Output(LargeResponse, LargeRequest));
        await ReceiveAsync(stream.ResponseStream, LargeResponse);
        await stream.RequestStream.CompleteAsync();
        Expect.True(!await stream.ResponseStream.MoveNext(CancellationToken.None), "one response too many came");
        Check(await stream.ResponseHeadersAsync, stream.GetTrailers());

        void Check(Metadata initial, Metadata trailing)
        {
            Expect.Equal("test_initial_metadata_value", initial.GetValue(WellKnown.EchoInitial));
            Expect.Equal("ABABAB", Convert.ToHexString(trailing.GetValueBytes(WellKnown.EchoTrailing) ?? []));
        }
    }

    private static async Task StatusAsync(CountedChannel wire, string message, bool isStreamedToo)
    {
        var status = new EchoStatus { Code = (int)StatusCode.Unknown, Message = message };
        var end = await Expect.EndsWithAsync(
            StatusCode.Unknown, async () => await wire.Service.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }, CountedChannel.Call()));
        Expect.Equal(message, end.Status.Detail);
        if (!isStreamedToo)
            return;

        using var stream = wire.Service.FullDuplexCall(CountedChannel.Call());
        await stream.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await stream.RequestStream.CompleteAsync();
        end = await Expect.EndsWithAsync(StatusCode.Unknown, () => stream.ResponseStream.MoveNext(CancellationToken.None));
        Expect.Equal(message, end.Status.Detail);
    }

    private static async Task CancelAfterBeginAsync(CountedChannel wire)
    {
        using var cancellation = new CancellationTokenSource();
        using var call = wire.Service.StreamingInputCall(CountedChannel.Call().WithCancellationToken(cancellation.Token));
        await cancellation.CancelAsync();
        await Expect.EndsWithAsync(StatusCode.Cancelled, () => call.ResponseAsync);
    }

    private static async Task CancelAfterFirstResponseAsync(CountedChannel wire)
    {
        using var cancellation = new CancellationTokenSource();
        using var call = wire.Service.FullDuplexCall(CountedChannel.Call().WithCancellationToken(cancellation.Token));
        await call.RequestStream.WriteAsync(Output(31415, 27182));
        await ReceiveAsync(call.ResponseStream, 31415);
        await cancellation.CancelAsync();
        await Expect.EndsWithAsync(StatusCode.Cancelled, () => call.ResponseStream.MoveNext(CancellationToken.None));
    }

    private static async Task TimeoutAsync(CountedChannel wire)
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromMilliseconds(1);
        using var call = wire.Service.FullDuplexCall(new CallOptions(deadline: deadline));
        await Expect.EndsWithAsync(StatusCode.DeadlineExceeded, async () =>
        {
            try
            {
                await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = Zeros(LargeRequest / 10) });
            }
            catch (Exception over) when (over is RpcException or InvalidOperationException)
            {
                // The deadline may have passed before the request was sent; the end of the call tells.
            }

            await call.ResponseStream.MoveNext(CancellationToken.None);
        });
    }
}
