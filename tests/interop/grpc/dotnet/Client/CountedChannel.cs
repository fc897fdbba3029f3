using System.Net.Sockets;
using Ecosystem.InteropPeer.Contract;
using Grpc.Core;
using Grpc.Net.Client;

namespace Ecosystem.InteropPeer.Client;

/// <summary>A channel to the server under test that counts the bytes which come back.</summary>
internal sealed class CountedChannel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GrpcChannel _channel;
    private long _received;

    public CountedChannel(int port)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new CountingStream(new NetworkStream(socket, ownsSocket: true), onRead: count => Interlocked.Add(ref _received, count));
            },
        };
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        Service = new TestService.TestServiceClient(_channel);
        Unknown = new UnimplementedService.UnimplementedServiceClient(_channel);
    }

    public TestService.TestServiceClient Service { get; }

    public UnimplementedService.UnimplementedServiceClient Unknown { get; }

    /// <summary>Options that every call but the one that is to time out shares.</summary>
    public static CallOptions Call(params Metadata.Entry[] headers)
    {
        var metadata = new Metadata();
        foreach (var header in headers)
            metadata.Add(header);
        return new CallOptions(metadata, TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
    }

    /// <summary>Options of a call whose messages are gzip unless one says otherwise.</summary>
    public static CallOptions GzipCall() => Call(new Metadata.Entry(WellKnown.RequestEncoding, "gzip"));

    /// <summary>Bytes that come while an exchange runs.</summary>
    public async Task<long> BytesOfAsync(Func<Task> exchange)
    {
        var before = Interlocked.Read(ref _received);
        await exchange();
        return Interlocked.Read(ref _received) - before;
    }

    public void Dispose() => _channel.Dispose();
}
