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
        IsCompressed = CallRequest.IsCompressed(options);
        Observe(_headers.Task);
        Observe(_reader.Task);
        Ending.UnsafeRegister(static state => ((ClientCall<TRequest, TResponse>)state!).Stop(), this);
        if (options.Deadline is { } deadline)
        {
            _deadlineTimer = channel.Time.CreateTimer(
                static state => ((ClientCall<TRequest, TResponse>)state!).PassDeadline(), this, Timeouts.Until(deadline, channel.Time), Timeout.InfiniteTimeSpan);
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
            using var request = await CallRequest.CreateAsync(_channel, _address, _method, _host, _options, content, Ending);
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
                End(CallResponse.ReadStatus(_response!.TrailingHeaders), CallResponse.ReadMetadata(_response.TrailingHeaders));
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

    private async Task BeginAsync(HttpResponseMessage response)
    {
        CallResponse.Check(response, _address);
        if (CallResponse.IsTrailersOnly(response))
        {
            End(CallResponse.ReadStatus(response.Headers), CallResponse.ReadMetadata(response.Headers));
        }

        var reader = await CallResponse.OpenAsync(response, _channel.MaxReceiveMessageSize, Ending);
        _headers.TrySetResult(CallResponse.ReadMetadata(response.Headers));
        _reader.TrySetResult(reader);
    }

    /// <summary>A failure the caller does not look at here is looked at through another task of the call.</summary>
    private static void Observe(Task task) => _ = task.ContinueWith(
        static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
