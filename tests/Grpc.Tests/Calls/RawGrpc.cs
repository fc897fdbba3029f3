using System.Net;
using System.Net.Http.Headers;

namespace Ecosystem.Grpc.Tests.Calls;

/// <summary>A caller that sends any bytes it likes.</summary>
internal sealed class RawGrpc(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };

    public static byte[] Frame(byte flag, uint length, params byte[] payload) =>
        [flag, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. payload];

    public async Task<(string? Status, byte[] Body, HttpResponseMessage Response)> SendAsync(
        byte[] body, string path = "/testing.v1.Echo/Say", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { { "te", "trailers" } },
        };
        change?.Invoke(request);
        var response = await _http.SendAsync(request);
        var received = await response.Content.ReadAsByteArrayAsync();
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailer) || response.Headers.TryGetValues("grpc-status", out trailer)
            ? trailer.Single()
            : null;
        return (status, received, response);
    }

    public void Dispose() => _http.Dispose();
}
