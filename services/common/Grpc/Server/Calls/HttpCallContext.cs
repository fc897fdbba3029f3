using System.Net;
using System.Net.Sockets;
using Ecosystem.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Ecosystem.Grpc.Server.Calls;

/// <summary>A call over HTTP, whichever door it came through. Owns the deadline.</summary>
internal abstract class HttpCallContext : ServerCallContext, IAsyncDisposable
{
    private static readonly AuthContext Unauthenticated = new(null, []);

    private readonly string _method;
    private readonly TimeProvider _time;
    private CancellationTokenSource? _ending;
    private ITimer? _deadlineTimer;
    private DateTime _deadline = DateTime.MaxValue;
    private Metadata? _requestHeaders;
    private Metadata? _trailers;
    private string? _peer;
    private AuthContext? _auth;
    private int _deadlinePassed;

    protected HttpCallContext(HttpContext httpContext, string method, TimeProvider time)
    {
        HttpContext = httpContext;
        _method = method;
        _time = time;
        httpContext.Features.Set(this);
        StartDeadline();
    }

    public HttpContext HttpContext { get; }

    /// <summary>Whether the caller's deadline passed while the handler ran.</summary>
    public bool HasDeadlinePassed => Volatile.Read(ref _deadlinePassed) == 1;

    public bool HasTrailers => _trailers is { Count: > 0 };

    protected override string MethodCore => _method;

    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    protected override string PeerCore => _peer ??= FormatPeer(HttpContext.Connection);

    protected override DateTime DeadlineCore => _deadline;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => _ending?.Token ?? HttpContext.RequestAborted;

    protected override Metadata ResponseTrailersCore => _trailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _auth ??= ReadClientCertificate();

    protected override IDictionary<object, object> UserStateCore => HttpContext.Items!;

    public async ValueTask DisposeAsync()
    {
        if (_deadlineTimer is not null)
        {
            await _deadlineTimer.DisposeAsync();
        }

        _ending?.Dispose();
    }

    /// <summary>What the caller is told when the handler ended this way.</summary>
    public Status StatusOf(Exception error, bool detailed) => error switch
    {
        RpcException rpc => rpc.Status,
        _ when HasDeadlinePassed => new Status(StatusCode.DeadlineExceeded, "The deadline passed before the call completed.", error),
        ConnectionResetException or ConnectionAbortedException => new Status(StatusCode.Cancelled, "The caller went away.", error),
        OperationCanceledException or IOException when HttpContext.RequestAborted.IsCancellationRequested =>
            new Status(StatusCode.Cancelled, "The caller cancelled.", error),
        BadHttpRequestException bad => new Status(bad.StatusCode == 413 ? StatusCode.ResourceExhausted : StatusCode.Internal, bad.Message, error),
        _ => new Status(StatusCode.Unknown, detailed ? $"The handler failed: {error.GetType().Name}: {error.Message}" : "The handler failed.", error),
    };

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException(
            "Clients made by AddGrpcClient().EnableCallContextPropagation() take over deadline and cancellation by themselves; others take them as call options.");

    private void StartDeadline()
    {
        var header = HttpContext.Request.Headers[GrpcHeaders.Timeout];
        if (header.Count == 0 || !Timeouts.TryParse(header.ToString(), out var timeout))
        {
            return;
        }

        _deadline = _time.GetUtcNow().UtcDateTime + timeout;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
        _deadlineTimer = _time.CreateTimer(static state => ((HttpCallContext)state!).PassDeadline(), this, timeout, Timeout.InfiniteTimeSpan);
    }

    private void PassDeadline()
    {
        Volatile.Write(ref _deadlinePassed, 1);
        try
        {
            _ending!.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in this very moment.
        }
    }

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in HttpContext.Request.Headers)
        {
            MetadataHeaders.AddReceived(metadata, name, values);
        }

        return metadata;
    }

    private AuthContext ReadClientCertificate()
    {
        if (HttpContext.Connection.ClientCertificate is not { } certificate)
        {
            return Unauthenticated;
        }

        const string CommonName = "x509_common_name";
        var name = AuthProperty.Create(CommonName, System.Text.Encoding.UTF8.GetBytes(certificate.Subject));
        return new AuthContext(CommonName, new Dictionary<string, List<AuthProperty>> { [CommonName] = [name] });
    }

    private static string FormatPeer(ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetwork } v4 => $"ipv4:{new IPEndPoint(v4, connection.RemotePort)}",
        { IsIPv4MappedToIPv6: true } mapped => $"ipv4:{new IPEndPoint(mapped.MapToIPv4(), connection.RemotePort)}",
        var v6 => $"ipv6:{new IPEndPoint(v6, connection.RemotePort)}",
    };
}
