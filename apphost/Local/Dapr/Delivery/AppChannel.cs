using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Ecosystem.AppHost.Local.Dapr.Events;

namespace Ecosystem.AppHost.Local.Dapr.Delivery;

/// <summary>Calls one app over HTTP, with the token that proves that it is the sidecar who calls.</summary>
internal sealed class AppChannel : IDisposable
{
    public const string TokenHeader = "dapr-api-token";
    private readonly SidecarApp _app;
    private readonly HttpClient _probe;
    private int _connections;
    private int _seenConnections = -1;

    public AppChannel(SidecarApp app, string? token)
    {
        _app = app;
        Http = Client(app, token, new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
        Http.Timeout = Timeout.InfiniteTimeSpan;

        // One kept connection: when it has to be made anew, the app was started again.
        _probe = Client(app, token, new SocketsHttpHandler
        {
            UseProxy = false,
            MaxConnectionsPerServer = 1,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = ConnectAsync,
            ActivityHeadersPropagator = null,
        });
        _probe.Timeout = TimeSpan.FromSeconds(5);
    }

    public HttpClient Http { get; }

    /// <summary>Whether the app takes messages, and whether it is another process than when last asked.</summary>
    public async Task<(bool Healthy, bool Restarted)> ProbeAsync(CancellationToken ct)
    {
        try
        {
            using var response = await _probe.GetAsync(_app.HealthPath ?? "/", HttpCompletionOption.ResponseContentRead, ct);
            var restarted = _connections != _seenConnections;
            _seenConnections = _connections;
            return (_app.HealthPath is null || response.IsSuccessStatusCode, restarted);
        }
        catch (HttpRequestException)
        {
            return (false, false);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return (false, false);
        }
    }

    public async Task<DeliveryOutcome> DeliverAsync(string path, JsonObject cloudEvent, TimeSpan? timeout, CancellationToken ct)
    {
        using var request = Request(path, CloudEvents.Bytes(cloudEvent), CloudEvents.MediaType, cloudEvent["traceparent"]?.ToString());
        var outcomes = await SendAsync(request, timeout, async (response, token) => [await DeliveryAnswer.ReadAsync(response, token)], entries: 1, ct);
        return outcomes[0];
    }

    public async Task<IReadOnlyList<DeliveryOutcome>> DeliverBulkAsync(string path, ReadOnlyMemory<byte> batch, IReadOnlyList<string> entryIds, TimeSpan? timeout, CancellationToken ct)
    {
        using var request = Request(path, batch, "application/json", traceParent: null);
        return await SendAsync(request, timeout, (response, token) => DeliveryAnswer.ReadBulkAsync(response, entryIds, token), entryIds.Count, ct);
    }

    public void Dispose()
    {
        Http.Dispose();
        _probe.Dispose();
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> SendAsync(
        HttpRequestMessage request,
        TimeSpan? timeout,
        Func<HttpResponseMessage, CancellationToken, Task<IReadOnlyList<DeliveryOutcome>>> read,
        int entries,
        CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(timeout ?? Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await Http.SendAsync(request, patience.Token);
            return await read(response, patience.Token);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return [.. Enumerable.Repeat(DeliveryOutcome.NotRunning, entries)];
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return [.. Enumerable.Repeat(DeliveryOutcome.Retry, entries)];
        }
    }

    private static HttpRequestMessage Request(string path, ReadOnlyMemory<byte> body, string mediaType, string? traceParent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path.StartsWith('/') ? path : "/" + path)
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        if (traceParent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        }

        return request;
    }

    private static HttpClient Client(SidecarApp app, string? token, SocketsHttpHandler handler)
    {
        var client = new HttpClient(handler) { BaseAddress = app.Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Add(TokenHeader, token);
        }

        return client;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, ct);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Interlocked.Increment(ref _connections);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
