using Ecosystem.InteropPeer.Contract;
using Grpc.Core;
using static Ecosystem.InteropPeer.Client.UnaryCases;

namespace Ecosystem.InteropPeer.Client;

/// <summary>Cases of streams that end well.</summary>
internal static class StreamingCases
{
    private static readonly (int Response, int Request)[] ManySizes = [(31415, 27182), (9, 8), (2653, 1828), (58979, 45904)];

    public static IEnumerable<(string Name, Func<Task> Run)> All(CountedChannel wire) =>
    [
        ("client_streaming", () => ClientStreamingAsync(wire)),
        ("client_compressed_streaming", () => ClientCompressedAsync(wire)),
        ("server_streaming", () => ServerStreamingAsync(wire, ManySizes.Select(sizes => new ResponseParameters { Size = sizes.Response }))),
        ("server_compressed_streaming", () => ServerCompressedAsync(wire)),
        ("ping_pong", () => PingPongAsync(wire)),
        ("empty_stream", () => EmptyAsync(wire)),
    ];

    public static StreamingOutputCallRequest Output(int response, int request) =>
        new() { ResponseParameters = { new ResponseParameters { Size = response } }, Payload = Zeros(request) };

    public static async Task ReceiveAsync(IAsyncStreamReader<StreamingOutputCallResponse> responses, int size)
    {
        Expect.True(await responses.MoveNext(CancellationToken.None), "no response came");
        Expect.Equal(size, responses.Current.Payload.Body.Length);
    }

    private static async Task ClientStreamingAsync(CountedChannel wire)
    {
        using var call = wire.Service.StreamingInputCall(CountedChannel.Call());
        foreach (var size in new[] { 27182, 8, 1828, 45904 })
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        await call.RequestStream.CompleteAsync();
        Expect.Equal(74922, (await call).AggregatedPayloadSize);
    }

    private static async Task ClientCompressedAsync(CountedChannel wire)
    {
        static StreamingInputCallRequest Request(int size, bool compressed) =>
            new() { Payload = Zeros(size), ExpectCompressed = new BoolValue { Value = compressed } };

        using var probe = wire.Service.StreamingInputCall(CountedChannel.Call());
        await probe.RequestStream.WriteAsync(Request(27182, compressed: true));
        await probe.RequestStream.CompleteAsync();
        await Expect.EndsWithAsync(StatusCode.InvalidArgument, () => probe.ResponseAsync);

        using var call = wire.Service.StreamingInputCall(CountedChannel.GzipCall());
        await call.RequestStream.WriteAsync(Request(27182, compressed: true));
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(Request(45904, compressed: false));
        await call.RequestStream.CompleteAsync();
        Expect.Equal(73086, (await call).AggregatedPayloadSize);
    }

    private static async Task ServerStreamingAsync(CountedChannel wire, IEnumerable<ResponseParameters> wanted)
    {
        var request = new StreamingOutputCallRequest { ResponseParameters = { wanted } };
        using var call = wire.Service.StreamingOutputCall(request, CountedChannel.Call());
        foreach (var parameters in request.ResponseParameters)
            await ReceiveAsync(call.ResponseStream, parameters.Size);
        Expect.True(!await call.ResponseStream.MoveNext(CancellationToken.None), "one response too many came");
    }

    private static async Task ServerCompressedAsync(CountedChannel wire)
    {
        ResponseParameters[] wanted =
        [
            new() { Size = 31415, Compressed = new BoolValue { Value = true } },
            new() { Size = 92653, Compressed = new BoolValue { Value = false } },
        ];
        var bytes = await wire.BytesOfAsync(() => ServerStreamingAsync(wire, wanted));
        Expect.True(bytes is >= 92653 and < 92653 + (31415 / 2), $"{bytes} bytes came");
    }

    private static async Task PingPongAsync(CountedChannel wire)
    {
        using var call = wire.Service.FullDuplexCall(CountedChannel.Call());
        foreach (var (response, request) in ManySizes)
        {
            await call.RequestStream.WriteAsync(Output(response, request));
            await ReceiveAsync(call.ResponseStream, response);
        }

        await call.RequestStream.CompleteAsync();
        Expect.True(!await call.ResponseStream.MoveNext(CancellationToken.None), "one response too many came");
    }

    private static async Task EmptyAsync(CountedChannel wire)
    {
        using var call = wire.Service.FullDuplexCall(CountedChannel.Call());
        await call.RequestStream.CompleteAsync();
        Expect.True(!await call.ResponseStream.MoveNext(CancellationToken.None), "a response came");
        Expect.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }
}
