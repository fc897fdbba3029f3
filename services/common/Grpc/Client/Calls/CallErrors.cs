using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>What failures of the transport mean to a caller (PROTOCOL-HTTP2.md, "Errors").</summary>
internal static class CallErrors
{
    public static Status StatusOf(Exception error, Uri address) => error switch
    {
        RpcException rpc => rpc.Status,
        OperationCanceledException => new Status(StatusCode.Cancelled, "The call was cancelled.", error),
        _ when IsUnansweredPing(error) => new Status(StatusCode.Unavailable, $"The server at {address.Authority} has fallen silent.", error),
        _ when ProtocolErrorOf(error) is { } code => new Status(CodeOf(code), $"The server at {address.Authority} reset the stream ({code}).", error),
        HttpRequestException or IOException or SocketException =>
            new Status(StatusCode.Unavailable, $"The server at {address.Authority} cannot be reached: {error.Message}", error),
        _ => new Status(StatusCode.Internal, $"The call failed: {error.Message}", error),
    };

    /// <summary>Whether the request certainly did not reach the server.</summary>
    public static bool IsConnectFailure(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>The transport gives an unanswered keep-alive ping the code of a broken protocol; only its words, with the name of its setting, tell.</summary>
    private static bool IsUnansweredPing(Exception error) =>
        error is HttpProtocolException && error.Message.Contains(nameof(SocketsHttpHandler.KeepAlivePingDelay), StringComparison.Ordinal);

    private static long? ProtocolErrorOf(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException!)
        {
            if (e is HttpProtocolException protocol)
            {
                return protocol.ErrorCode;
            }
        }

        return null;
    }

    /// <summary>HTTP/2 error codes (RFC 9113, section 7).</summary>
    private static StatusCode CodeOf(long http2Error) => http2Error switch
    {
        7 => StatusCode.Unavailable,
        8 => StatusCode.Cancelled,
        11 => StatusCode.ResourceExhausted,
        12 => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };
}
