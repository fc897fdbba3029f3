using System.Buffers.Binary;
using Ecosystem.InteropPeer.Contract;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.Bench.Grpc;

/// <summary>Our gRPC server against those of C++, Node.js and Python: the same calls, the same load, one after the other in every round.</summary>
internal static class GrpcArea
{
    private const string Ours = "dotnet";
    private const int MessagesPerStream = 500;
    private const int OneMebibyte = 1024 * 1024;
    private static readonly (string Name, double Goal)[] Peers = [("cpp", 0.8), ("grpc-js", 3), ("python", 10)];

    private static readonly GrpcLoad[] Cases =
    [
        new("grpc.small_unary", "UnaryCall", "calls/s", 1, Calls(connections: 4, streams: 32, Unary(16))),
        new("grpc.unary_1MiB", "UnaryCall", "calls/s", 1, Calls(connections: 2, streams: 2, Unary(OneMebibyte))),
        new("grpc.streaming", "FullDuplexCall", "messages/s", MessagesPerStream, Calls(connections: 4, streams: 4, Many(Output(16)))),
    ];

    public static async Task RunAsync(BenchReport report, int rounds)
    {
        var servers = new Dictionary<string, ServerProcess>(StringComparer.Ordinal);
        try
        {
            foreach (var name in Peers.Select(peer => peer.Name).Prepend(Ours))
            {
                servers[name] = await ServerProcess.StartAsync(
                    InteropScript.Path, ["serve", name], ("INTEROP_PEER", Path.Combine(AppContext.BaseDirectory, "Ecosystem.InteropPeer.dll")));
                await CheckAsync(servers[name]);
            }

            var rates = await MeasureAsync(servers, rounds);
            foreach (var load in Cases)
            {
                foreach (var (peer, goal) in Peers)
                    report.Add(load.Name, peer, rates[(load, Ours)], rates[(load, peer)], load.Unit, goal);
            }
        }
        finally
        {
            foreach (var server in servers.Values)
                server.Dispose();
        }
    }

    private static async Task<Dictionary<(GrpcLoad Load, string Server), List<double>>> MeasureAsync(Dictionary<string, ServerProcess> servers, int rounds)
    {
        var rates = Cases.SelectMany(load => servers.Keys.Select(server => (load, server))).ToDictionary(pair => pair, _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var ((load, server), measured) in rates)
            {
                var rate = await load.MeasureAsync(servers[server].Port, Load.TimeOf(round));
                await Console.Error.WriteLineAsync($"round {round}: {load.Name} {server} {rate:0} {load.Unit}");
                if (round > 0)
                    measured.Add(rate);
            }
        }

        return rates;
    }

    /// <summary>h2load does not read what it gets; so every server answers once to a client that does.</summary>
    private static async Task CheckAsync(ServerProcess server)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{server.Port}");
        var client = new TestService.TestServiceClient(channel);
        var response = await client.UnaryCallAsync(new SimpleRequest { ResponseSize = OneMebibyte });
        using var stream = client.FullDuplexCall();
        await stream.RequestStream.WriteAsync(Output(16));
        await stream.RequestStream.CompleteAsync();
        var sizes = await stream.ResponseStream.ReadAllAsync().Select(message => message.Payload.Body.Length).ToListAsync();
        if (response.Payload.Body.Length != OneMebibyte || sizes is not [16])
            throw new InvalidOperationException("A server answers with something else than was asked for.");
    }

    private static Load Calls(int connections, int streams, byte[] body) => new(connections, streams)
    {
        Arguments = ["--header=content-type: application/grpc", "--header=te: trailers"],
        Body = body,
    };

    private static byte[] Unary(int size) => Frame(new SimpleRequest { ResponseSize = size, Payload = Zeros(size) });

    private static StreamingOutputCallRequest Output(int size) =>
        new() { ResponseParameters = { new ResponseParameters { Size = size } }, Payload = Zeros(size) };

    private static byte[] Many(IMessage message) => [.. Enumerable.Repeat(Frame(message), MessagesPerStream).SelectMany(frame => frame)];

    private static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static byte[] Frame(IMessage message)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }
}
