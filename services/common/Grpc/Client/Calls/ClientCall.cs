using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Ecosystem.Grpc.Wire;
using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>One call on the wire: sends the request, reads headers, messages and the final status. Ends exactly once.</summary>
internal sealed class ClientCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly ChannelSettings _channel;
    private readonly Method<TRequest, TResponse> _method;
    private readonly CallOptions _options;
    private readonly string? _host;
    private readonly CancellationTokenSource _ending;
    private readonly ITimer? _deadlineTimer;
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FrameReader> _reader = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _endLock = new();
    private readonly Uri _address;
    private HttpResponseMessage? _response;
    private Status? _status;
    private Metadata? _trailers;
    private bool _hasDeadlinePassed;

    public ClientCall(ChannelSettings channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        _channel = channel;
        _method = method;
        _options = options;
        _host = host;
        _address = channel.Addresses.Pick();
        _ending = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, channel.Closing);
        Ending = _ending.Token;
        IsCompressed = options.Headers?.GetValue(GrpcHeaders.RequestedEncoding) == Gzip.Name;
        Observe(_headers.Task);
        Observe(_reader.Task);
        Ending.UnsafeRegister(static state => ((ClientCall<TRequest, TResponse>)state!).Stop(), this);
        if (options.Deadline is { } deadline)
        {
            var left = TimeLeft(deadline);
            _deadlineTimer = channel.Time.CreateTimer(static state => ((ClientCall<TRequest, TResponse>)state!).PassDeadline(), this, left, Timeout.InfiniteTimeSpan);
        }
    }

    public Task<Metadata> Headers => _headers.Task;

    public bool IsCompressed { get; }

    public Method<TRequest, TResponse> Method => _method;

    public ChannelSettings Channel => _channel;

    /// <summary>Fires when the call is to stop: cancelled, disposed, failed or past its deadline.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Sends the request and waits for the response headers; the body goes on by itself.</summary>
    public async Task SendAsync(HttpContent content)
    {
        try
        {
            using var request = await CreateRequestAsync(content);
            _response = await _channel.Http.SendAsync(request, Ending);
            Ending.ThrowIfCancellationRequested();
            await BeginAsync(_response);
        }
#pragma warning disable CA1031 // Whatever happens becomes the status of the call, which every reader of it gets.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (CallErrors.IsConnectFailure(error))
            {
                _channel.Addresses.LeaveOut(_address);
            }

            var failure = Fail(error);
            _headers.TrySetException(failure);
            _reader.TrySetException(failure);
            _response?.Dispose();
        }
        finally
        {
            (content as MessageContent)?.Dispose();
        }
    }

    /// <summary>The next response, or null after the last. Throws when the call ended with another status than OK.</summary>
    public async ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reader = await _reader.Task.WaitAsync(cancellationToken);
            if (_status is null)
            {
                var message = await reader.ReadAsync(_method.ResponseMarshaller.ContextualDeserializer, Ending);
                if (message is not null)
                {
                    return message;
                }

                reader.Complete();
                End(ReadStatus(_response!.TrailingHeaders), ToMetadata(_response.TrailingHeaders));
            }
        }
#pragma warning disable CA1031 // Becomes the status of the call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw Fail(error);
        }

        return _status!.Value.StatusCode == StatusCode.OK ? null : throw Failure();
    }

    /// <summary>The only response.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        var response = await ReadAsync(CancellationToken.None);
        if (response is null)
        {
            _status = new Status(StatusCode.Internal, "The server ended the call without its response.");
            throw Failure();
        }

        return await ReadAsync(CancellationToken.None) is null ? response : throw Fail(WireErrors.TooManyMessages());
    }

    public Status GetStatus() => _status ?? throw new InvalidOperationException("The call has not ended yet.");

    public Metadata GetTrailers() => _trailers ?? throw new InvalidOperationException("The call has not ended yet.");

    /// <summary>Ends the call with the status of a failure, unless it has ended already.</summary>
    public Exception Fail(Exception error)
    {
        var status = _hasDeadlinePassed && error is not RpcException
            ? new Status(StatusCode.DeadlineExceeded, "The deadline passed before the call completed.", error)
            : CallErrors.StatusOf(error, _address);
        End(status, (error as RpcException)?.Trailers ?? []);
        return Failure();
    }

    public void Dispose()
    {
        if (_status is null)
        {
            End(new Status(StatusCode.Cancelled, "The call was disposed by its caller."), []);
        }

        _response?.Dispose();
    }

    private Exception Failure() => _status!.Value.StatusCode == StatusCode.Cancelled && _channel.ThrowsOperationCanceled
        ? new OperationCanceledException(_status.Value.Detail, _status.Value.DebugException, _options.CancellationToken)
        : new RpcException(_status.Value, _trailers!);

    private void End(Status status, Metadata trailers)
    {
        lock (_endLock)
        {
            if (_status is not null)
            {
                return;
            }

            _trailers = trailers;
            _status = status;
        }

        _deadlineTimer?.Dispose();
        if (status.StatusCode != StatusCode.OK)
        {
            // Tells the server to stop, when it has not.
            _ending.Cancel();
        }

        _ending.Dispose();
    }

    /// <summary>Once the response has begun, only letting go of it resets the stream, and so tells the server.</summary>
    private void Stop()
    {
        Fail(new OperationCanceledException(Ending));
        _response?.Dispose();
    }

    private void PassDeadline()
    {
        lock (_endLock)
        {
            if (_status is not null)
            {
                return;
            }

            _hasDeadlinePassed = true;
        }

        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in this very moment.
        }
    }

    private async Task<HttpRequestMessage> CreateRequestAsync(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, _method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", "ecosystem-grpc-dotnet/1.0");
        headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, GrpcHeaders.AcceptedEncodings);
        if (_host is not null)
        {
            headers.Host = _host;
        }

        if (IsCompressed)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Encoding, Gzip.Name);
        }

        if (_options.Deadline is { } deadline)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Timeout, Timeouts.Format(TimeLeft(deadline)));
        }

        foreach (var entry in await MetadataToSendAsync())
        {
            if (!MetadataHeaders.IsReserved(entry.Key) && entry.Key != GrpcHeaders.RequestedEncoding)
            {
                headers.TryAddWithoutValidation(entry.Key, MetadataHeaders.Encode(entry));
            }
        }

        return request;
    }

    private async ValueTask<Metadata> MetadataToSendAsync()
    {
        var own = _options.Headers ?? [];
        if (!_channel.CredentialsAllowed || (_options.Credentials is null && _channel.Credentials.Count == 0))
        {
            return own;
        }

        var all = new Metadata();
        var context = new AuthInterceptorContext($"{_address.GetLeftPart(UriPartial.Authority)}/{_method.ServiceName}", _method.Name, Ending);
        foreach (var credentials in _channel.Credentials)
        {
            await CallCredentialsReader.AddAsync(credentials, context, all);
        }

        if (_options.Credentials is not null)
        {
            await CallCredentialsReader.AddAsync(_options.Credentials, context, all);
        }

        foreach (var entry in own)
        {
            all.Add(entry);
        }

        return all;
    }

    private async Task BeginAsync(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK || !GrpcHeaders.IsGrpcContentType(response.Content.Headers.ContentType?.ToString()))
        {
            throw new RpcException(new Status(
                response.StatusCode == HttpStatusCode.OK ? StatusCode.Unknown : HttpStatusMapping.ToGrpc((int)response.StatusCode),
                $"The server at {_address.Authority} answered with HTTP status {(int)response.StatusCode} and content type '{response.Content.Headers.ContentType}', which is not gRPC."));
        }

        if (response.Headers.TryGetValues(GrpcHeaders.Status, out _))
        {
            // Trailers-only: the status came instead of a response.
            End(ReadStatus(response.Headers), ToMetadata(response.Headers));
        }

        var stream = await response.Content.ReadAsStreamAsync(Ending);
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _headers.TrySetResult(ToMetadata(response.Headers));
        _reader.TrySetResult(new FrameReader(pipe, _channel.MaxReceiveMessageSize)
        {
            AllowsCompression = response.Headers.TryGetValues(GrpcHeaders.Encoding, out var encoding) && encoding.Contains(Gzip.Name, StringComparer.Ordinal),
        });
    }

    private TimeSpan TimeLeft(DateTime deadline)
    {
        var left = deadline.ToUniversalTime() - _channel.Time.GetUtcNow().UtcDateTime;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > TimeSpan.FromDays(40) ? TimeSpan.FromDays(40) : left;
    }

    private static Status ReadStatus(System.Net.Http.Headers.HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues(GrpcHeaders.Status, out var values) || !int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return new Status(StatusCode.Unknown, "The server ended the call without a status.");
        }

        var message = headers.TryGetValues(GrpcHeaders.Message, out var texts) ? PercentEncoding.Decode(string.Join(", ", texts)) : "";
        return new Status(code is >= 0 and <= 16 ? (StatusCode)code : StatusCode.Unknown, message);
    }

    private static Metadata ToMetadata(System.Net.Http.Headers.HttpResponseHeaders headers)
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

    /// <summary>A failure the caller does not look at here is looked at through another task of the call.</summary>
    private static void Observe(Task task) => _ = task.ContinueWith(
        static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
