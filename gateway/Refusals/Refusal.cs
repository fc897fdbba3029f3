using System.Globalization;
using Ecosystem.Grpc;
using Google.Protobuf;
using Grpc.Core;

namespace Ecosystem.Gateway.Refusals;

/// <summary>
/// An answer that the gateway gives itself because it cannot or will not pass a request on. REST callers get problem+json (RFC 9457), gRPC
/// callers a status in a trailers-only response; both with the same reason.
/// </summary>
/// <param name="HttpStatus">The status for REST.</param>
/// <param name="Error">The rest: code, sentence, reason, when to try again.</param>
internal sealed record Refusal(int HttpStatus, RpcException Error)
{
    public Task WriteAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.Headers.CacheControl = "no-store";
        return IsGrpc(context.Request) ? WriteGrpc(context.Response) : ProblemJson.WriteAsync(context, Error, HttpStatus);
    }

    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    // gRPC over HTTP/2, "Trailers-Only": the status travels in the one header block of an answer without a body.
    private Task WriteGrpc(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)Error.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(Error.Status.Detail);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(RichStatus.Of(Error).ToByteArray()).TrimEnd('=');
        return Task.CompletedTask;
    }
}
