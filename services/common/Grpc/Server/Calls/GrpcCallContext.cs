using System.Globalization;
using Ecosystem.Grpc.Wire;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ecosystem.Grpc.Server.Calls;

/// <summary>A call through the gRPC door: writes headers, messages and the final status.</summary>
internal sealed class GrpcCallContext : HttpCallContext
{
    private readonly CallSettings _settings;
    private bool _isCompressed;
    private bool _areHeadersWritten;

    public GrpcCallContext(HttpContext httpContext, string method, CallSettings settings, TimeProvider time)
        : base(httpContext, method, time)
    {
        _settings = settings;
        Reader = new FrameReader(httpContext.Request.BodyReader, settings.MaxReceiveMessageSize);
        Writer = new FrameWriter(httpContext.Response.BodyWriter, settings.MaxSendMessageSize) { Level = settings.CompressionLevel };
    }

    public FrameReader Reader { get; }

    public FrameWriter Writer { get; }

    /// <summary>Reads the request's encoding. </summary>
    /// <exception cref="RpcException">UNIMPLEMENTED when the encoding is not known here.</exception>
    public void ReadEncoding()
    {
        var headers = HttpContext.Request.Headers;
        HttpContext.Response.Headers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.AcceptedEncodings;
        if (headers.TryGetValue(GrpcHeaders.Encoding, out var encoding))
        {
            var name = encoding.ToString();
            Reader.AllowsCompression = name == Gzip.Name;
            if (name is not (Gzip.Name or GrpcHeaders.Identity))
            {
                throw new RpcException(new Status(StatusCode.Unimplemented, $"The encoding '{name}' is not known here; known are {GrpcHeaders.AcceptedEncodings}."));
            }
        }

        RequestCompression(_settings.ResponseEncoding);
    }

    /// <summary>Writes a message into the transport's buffer, beginning the response when needed.</summary>
    public async ValueTask WriteAsync<T>(T message, Action<T, SerializationContext> serialize, WriteOptions? options = null)
    {
        if (!_areHeadersWritten)
        {
            await BeginResponseAsync();
        }

        var flags = (options ?? WriteOptions)?.Flags ?? WriteFlags.None;
        Writer.Write(message, serialize, _isCompressed && !flags.HasFlag(WriteFlags.NoCompress));
    }

    /// <summary>Pushes what was written to the peer; waits while the peer does not read.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var result = await HttpContext.Response.BodyWriter.FlushAsync(cancellationToken);
        if (result.IsCanceled || HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw new OperationCanceledException(HttpContext.RequestAborted);
        }
    }

    /// <summary>Ends the call with a status: in the headers when nothing was sent (trailers-only), else in the trailers.</summary>
    public void End(Status status, Metadata? trailers)
    {
        var response = HttpContext.Response;
        if (response.HasStarted)
        {
            AddEnd(status, trailers, (name, value) => response.AppendTrailer(name, value));
            return;
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcHeaders.ContentType;
        AddEnd(status, trailers, (name, value) => response.Headers.Append(name, value));
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (_areHeadersWritten)
        {
            throw new InvalidOperationException("The response headers are sent already.");
        }

        foreach (var entry in responseHeaders)
        {
            if (entry.Key == GrpcHeaders.RequestedEncoding)
            {
                RequestCompression(entry.Value);
            }
            else if (!MetadataHeaders.IsReserved(entry.Key))
            {
                HttpContext.Response.Headers.Append(entry.Key, MetadataHeaders.Encode(entry));
            }
        }

        await BeginResponseAsync();
        await FlushAsync(CancellationToken);
    }

    private Task BeginResponseAsync()
    {
        _areHeadersWritten = true;
        var response = HttpContext.Response;
        response.ContentType = GrpcHeaders.ContentType;
        if (_isCompressed)
        {
            response.Headers[GrpcHeaders.Encoding] = Gzip.Name;
        }

        // Kestrel hands out its own memory only once the response has started.
        return response.StartAsync();
    }

    private void RequestCompression(string? encoding) =>
        _isCompressed = encoding == Gzip.Name && Accepts(HttpContext.Request.Headers[GrpcHeaders.AcceptEncoding].ToString());

    private static bool Accepts(string acceptEncoding)
    {
        foreach (var range in acceptEncoding.AsSpan().Split(','))
        {
            if (acceptEncoding.AsSpan(range).Trim().Equals(Gzip.Name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddEnd(Status status, Metadata? trailers, Action<string, string> add)
    {
        add(GrpcHeaders.Status, status.StatusCode == StatusCode.OK ? "0" : ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(status.Detail))
        {
            add(GrpcHeaders.Message, PercentEncoding.Encode(status.Detail));
        }

        foreach (var entry in trailers ?? [])
        {
            if (!MetadataHeaders.IsReserved(entry.Key))
            {
                add(entry.Key, MetadataHeaders.Encode(entry));
            }
        }
    }
}
