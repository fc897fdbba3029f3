using Ecosystem.InteropPeer.Contract;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.InteropPeer.Client;

/// <summary>Cases of one request and one response.</summary>
internal static class UnaryCases
{
    public const int LargeRequest = 271828;
    public const int LargeResponse = 314159;

    public static IEnumerable<(string Name, Func<Task> Run)> All(CountedChannel wire) =>
    [
        ("empty_unary", async () => Expect.Equal(new Empty(), await wire.Service.EmptyCallAsync(new Empty(), CountedChannel.Call()))),
        ("large_unary", () => LargeAsync(wire, Large(), CountedChannel.Call())),
        ("client_compressed_unary", () => ClientCompressedAsync(wire)),
        ("server_compressed_unary", () => ServerCompressedAsync(wire)),
    ];

    public static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    public static SimpleRequest Large() => new() { ResponseSize = LargeResponse, Payload = Zeros(LargeRequest) };

    private static async Task LargeAsync(CountedChannel wire, SimpleRequest request, CallOptions options)
    {
        var response = await wire.Service.UnaryCallAsync(request, options);
        Expect.True(response.Payload.Body.Span.SequenceEqual(new byte[LargeResponse]), "another body came");
    }

    private static async Task ClientCompressedAsync(CountedChannel wire)
    {
        var request = Large();
        request.ExpectCompressed = new BoolValue { Value = true };
        await Expect.EndsWithAsync(StatusCode.InvalidArgument, async () => await wire.Service.UnaryCallAsync(request, CountedChannel.Call()));
        await LargeAsync(wire, request, CountedChannel.GzipCall());

        request.ExpectCompressed = new BoolValue { Value = false };
        await LargeAsync(wire, request, CountedChannel.Call());
    }

    private static async Task ServerCompressedAsync(CountedChannel wire)
    {
        foreach (var isCompressed in new[] { true, false })
        {
            var request = Large();
            request.ResponseCompressed = new BoolValue { Value = isCompressed };
            var bytes = await wire.BytesOfAsync(() => LargeAsync(wire, request, CountedChannel.Call()));
            Expect.True(bytes < LargeResponse / 2 == isCompressed, $"{bytes} bytes came");
        }
    }
}
