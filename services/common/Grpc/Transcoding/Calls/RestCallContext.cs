using Ecosystem.Grpc.Server.Calls;
using Ecosystem.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Transcoding.Calls;

/// <summary>A call through the REST door: metadata are plain headers.</summary>
internal sealed class RestCallContext(HttpContext httpContext, string method, TimeProvider time) : HttpCallContext(httpContext, method, time)
{
    /// <summary>Trailers of a response that is sent whole are headers like any other.</summary>
    public void WriteTrailersAsHeaders()
    {
        if (HasTrailers && !HttpContext.Response.HasStarted)
        {
            Append(ResponseTrailers);
        }
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        Append(responseHeaders);
        return Task.CompletedTask;
    }

    private void Append(Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!MetadataHeaders.IsReserved(entry.Key) && !entry.Key.StartsWith("grpc-", StringComparison.Ordinal))
            {
                HttpContext.Response.Headers.Append(entry.Key, MetadataHeaders.Encode(entry));
            }
        }
    }
}
