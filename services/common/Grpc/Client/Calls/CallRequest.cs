using System.Net;
using Ecosystem.Grpc.Wire;
using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>What a call sends before its messages (PROTOCOL-HTTP2.md, "Requests").</summary>
internal static class CallRequest
{
    private const string UserAgent = "ecosystem-grpc-dotnet/1.0";

    public static bool IsCompressed(CallOptions options) => options.Headers?.GetValue(GrpcHeaders.RequestedEncoding) == Gzip.Name;

    public static async Task<HttpRequestMessage> CreateAsync(
        ChannelSettings channel, Uri address, IMethod method, string? host, CallOptions options, HttpContent content, CancellationToken ending)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, GrpcHeaders.AcceptedEncodings);
        if (host is not null)
        {
            headers.Host = host;
        }

        if (IsCompressed(options))
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Encoding, Gzip.Name);
        }

        if (options.Deadline is { } deadline)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Timeout, Timeouts.Format(Timeouts.Until(deadline, channel.Time)));
        }

        foreach (var entry in await MetadataAsync(channel, address, method, options, ending))
        {
            if (!MetadataHeaders.IsReserved(entry.Key) && entry.Key != GrpcHeaders.RequestedEncoding)
            {
                headers.TryAddWithoutValidation(entry.Key, MetadataHeaders.Encode(entry));
            }
        }

        return request;
    }

    /// <summary>The caller's own metadata, after what the credentials of channel and call add.</summary>
    private static async ValueTask<Metadata> MetadataAsync(ChannelSettings channel, Uri address, IMethod method, CallOptions options, CancellationToken ending)
    {
        var own = options.Headers ?? [];
        if (!channel.CredentialsAllowed || (options.Credentials is null && channel.Credentials.Count == 0))
        {
            return own;
        }

        var all = new Metadata();
        var context = new AuthInterceptorContext($"{address.GetLeftPart(UriPartial.Authority)}/{method.ServiceName}", method.Name, ending);
        foreach (var credentials in channel.Credentials)
        {
            await CallCredentialsReader.AddAsync(credentials, context, all);
        }

        if (options.Credentials is not null)
        {
            await CallCredentialsReader.AddAsync(options.Credentials, context, all);
        }

        foreach (var entry in own)
        {
            all.Add(entry);
        }

        return all;
    }
}
