using System.Buffers;
using System.Globalization;
using Ecosystem.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>The JSON body of a request in memory, no larger than a message may be.</summary>
internal static class RequestBody
{
    /// <summary>Why a body was not read; carries the HTTP status that the code of the error does not have.</summary>
    internal sealed class RefusedException(int httpStatus, RpcException error) : Exception(error.Message)
    {
        public int HttpStatus { get; } = httpStatus;

        public RpcException Error { get; } = error;
    }

    public static bool IsJson(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    public static async Task<PooledBufferWriter> ReadAsync(HttpContext context, int? limit, CancellationToken cancellationToken)
    {
        if (!IsJson(context.Request.ContentType))
        {
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, RichStatus.InvalidArgument(
                $"The content type '{context.Request.ContentType}' is not understood here; send application/json."));
        }

        if (context.Request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, RichStatus.InvalidArgument(
                $"The content encoding '{encoding}' is not understood here; send the body as it is."));
        }

        if (context.Request.ContentLength > limit)
        {
            throw TooLarge(limit.Value);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit is null ? null : limit + 1L;
        }

        var body = new PooledBufferWriter((int)Math.Min(context.Request.ContentLength ?? 4096, 1024 * 1024));
        try
        {
            await CopyAsync(context, body, limit, cancellationToken);
            return body;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            body.Dispose();
            throw TooLarge(limit!.Value);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static async Task CopyAsync(HttpContext context, PooledBufferWriter body, int? limit, CancellationToken cancellationToken)
    {
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            if (body.WrittenCount + result.Buffer.Length > (limit ?? int.MaxValue))
            {
                pipe.AdvanceTo(result.Buffer.End);
                throw TooLarge(limit ?? int.MaxValue);
            }

            foreach (var segment in result.Buffer)
            {
                body.Write(segment.Span);
            }

            pipe.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private static RefusedException TooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        RichStatus.Create(
            StatusCode.ResourceExhausted,
            string.Create(CultureInfo.InvariantCulture, $"The request body is larger than the limit of {limit} bytes."),
            new Google.Rpc.ErrorInfo { Reason = "BODY_TOO_LARGE", Domain = RichStatus.Domain, Metadata = { ["limit_bytes"] = limit.ToString(CultureInfo.InvariantCulture) } }));
}
