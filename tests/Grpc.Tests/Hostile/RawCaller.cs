using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Hostile;

/// <summary>Sends what no gRPC client would: any body under any content type, and can cut its connections.</summary>
internal sealed class RawCaller : IDisposable
{
    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly List<Socket> _sockets = [];

    public RawCaller(Uri address)
    {
        _address = address;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Sends a body to a method of the echo service and reads the answer to its end.</summary>
    public Task<Verdict> PostAsync(string method, params byte[][] body) => PostAsync(method, new ByteArrayContent([.. body.SelectMany(part => part)]));

    public async Task<Verdict> PostAsync(string method, HttpContent content, string contentType = "application/grpc", params (string Name, string Value)[] headers)
    {
        using var request = Request(method, content, contentType, headers);
        using var response = await _http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return Verdict.Of(response);
    }

    /// <summary>Sends a body and returns when the answer begins, which stays unread.</summary>
    public Task<HttpResponseMessage> BeginAsync(string method, HttpContent content, CancellationToken cancellationToken) =>
        _http.SendAsync(Request(method, content, "application/grpc", []), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Resets every connection, without the ceremony of HTTP/2.</summary>
    public void Cut()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Dispose();
            }

            _sockets.Clear();
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        return new NetworkStream(socket, ownsSocket: true);
    }

    private HttpRequestMessage Request(string method, HttpContent content, string contentType, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, $"/testing.v1.Echo/{method}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return request;
    }
}

/// <summary>How a call ended.</summary>
/// <param name="Http">The HTTP status.</param>
/// <param name="Grpc">grpc-status, from the trailers or the headers; null where there is none.</param>
internal sealed record Verdict(HttpStatusCode Http, StatusCode? Grpc)
{
    public static Verdict Of(HttpResponseMessage response)
    {
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var values) || response.Headers.TryGetValues("grpc-status", out values)
            ? (StatusCode)int.Parse(values.Single(), CultureInfo.InvariantCulture)
            : (StatusCode?)null;
        return new Verdict(response.StatusCode, status);
    }
}
