using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Ecosystem.Grpc.Server.Hosting;

/// <summary>
/// How much a caller may send ahead of what the handlers have read (RFC 9113, section 5.2). With Kestrel's own windows the sender of 1 MiB has to be
/// told to go on three or four times, and each time is a packet for both sides; with these it goes through in one piece. A connection never has more
/// unread than one message may be long (<see cref="GrpcServiceOptions.MaxReceiveMessageSize"/>), one call half of it.
/// What the host sets itself afterwards counts.
/// </summary>
internal sealed class LargeWindows : IConfigureOptions<KestrelServerOptions>
{
    public const int OfConnection = GrpcServiceOptions.DefaultMaxReceiveMessageSize;
    public const int OfCall = OfConnection / 2;

    public void Configure(KestrelServerOptions options)
    {
        options.Limits.Http2.InitialConnectionWindowSize = OfConnection;
        options.Limits.Http2.InitialStreamWindowSize = OfCall;
    }
}
