using Ecosystem.Grpc.Client.Calls;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>A way to one service. Creating one is dear, calls over it are cheap: keep it. The shape is Grpc.Net.Client's.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly CancellationTokenSource _closing = new();
    private readonly ChannelCallInvoker _invoker;
    private bool _isDisposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        _http = options.HttpHandler is null
            ? new HttpMessageInvoker(CreateHandler(), disposeHandler: true)
            : new HttpMessageInvoker(options.HttpHandler, options.DisposeHttpClient);
        _invoker = new ChannelCallInvoker(ChannelSettings.From(address, options, _http, _closing.Token));
    }

    /// <summary>Where the channel leads.</summary>
    public Uri Address { get; }

    /// <summary>A channel to an address, as in <c>http://catalog:8081</c>.</summary>
    /// <param name="address">The address; <c>http</c> is HTTP/2 without TLS.</param>
    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address));

    /// <summary>A channel to an address.</summary>
    /// <param name="address">The address; <c>http</c> is HTTP/2 without TLS.</param>
    /// <param name="channelOptions">Options.</param>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to an address.</summary>
    /// <param name="address">The address; <c>http</c> is HTTP/2 without TLS.</param>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address.</summary>
    /// <param name="address">The address; <c>http</c> is HTTP/2 without TLS.</param>
    /// <param name="channelOptions">Options.</param>
    /// <exception cref="ArgumentException">The address is not absolute http or https.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return address.IsAbsoluteUri && address.Scheme is "http" or "https"
            ? new GrpcChannel(address, channelOptions)
            : throw new ArgumentException($"The address '{address}' must begin with http:// or https://.", nameof(address));
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _invoker;
    }

    /// <summary>Ends the channel; running calls are cancelled.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _closing.Cancel();
            _http.Dispose();
            _closing.Dispose();
        }
    }

    internal static SocketsHttpHandler CreateHandler() => new()
    {
        // One connection carries a hundred streams at most servers; more connections instead of a queue.
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        InitialHttp2StreamWindowSize = 1024 * 1024,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
