using Grpc.Core;

namespace Ecosystem.Grpc.Wire;

/// <summary>What HTTP says when the peer, or something between, did not speak gRPC.</summary>
internal static class HttpStatusMapping
{
    /// <summary>What an HTTP status without <c>grpc-status</c> means to a caller (grpc/grpc, doc/http-grpc-status-mapping.md).</summary>
    public static StatusCode ToGrpc(int httpStatus) => httpStatus switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
