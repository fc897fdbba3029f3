using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Ecosystem.Grpc.Wire;
using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>What a server sends around its messages (PROTOCOL-HTTP2.md, "Responses").</summary>
internal static class CallResponse
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Refuses an answer that is not gRPC.</summary>
    /// <exception cref="RpcException">With the code that stands for the HTTP status.</exception>
    public static void Check(HttpResponseMessage response, Uri address)
    {
        if (response.StatusCode == HttpStatusCode.OK && GrpcHeaders.IsGrpcContentType(response.Content.Headers.ContentType?.ToString()))
        {
            return;
        }

        throw new RpcException(new Status(
            response.StatusCode == HttpStatusCode.OK ? StatusCode.Unknown : HttpStatusMapping.ToGrpc((int)response.StatusCode),
            $"The server at {address.Authority} answered with HTTP status {(int)response.StatusCode} and content type '{response.Content.Headers.ContentType}', which is not gRPC."));
    }

    /// <summary>Whether the status came in the headers, instead of a response (trailers-only).</summary>
    public static bool IsTrailersOnly(HttpResponseMessage response) => response.Headers.TryGetValues(GrpcHeaders.Status, out _);

    public static async Task<FrameReader> OpenAsync(HttpResponseMessage response, int? maxMessageSize, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new FrameReader(PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true)), maxMessageSize)
        {
            AllowsCompression = response.Headers.TryGetValues(GrpcHeaders.Encoding, out var encoding) && encoding.Contains(Gzip.Name, StringComparer.Ordinal),
        };
    }

    public static Status ReadStatus(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues(GrpcHeaders.Status, out var values) || !int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return new Status(StatusCode.Unknown, "The server ended the call without a status.");
        }

        var message = headers.TryGetValues(GrpcHeaders.Message, out var texts) ? PercentEncoding.Decode(string.Join(", ", texts)) : "";
        return new Status(code is >= 0 and <= 16 ? (StatusCode)code : StatusCode.Unknown, message);
    }

    public static Metadata ReadMetadata(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                if (!MetadataHeaders.IsReserved(name))
                {
                    MetadataHeaders.AddReceived(metadata, name, value);
                }
            }
        }

        return metadata;
    }
}
