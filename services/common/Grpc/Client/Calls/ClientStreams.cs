using Ecosystem.Grpc.Wire;
using Grpc.Core;

namespace Ecosystem.Grpc.Client.Calls;

/// <summary>Responses of a streaming server, read one at a time so that a slow reader slows the server down.</summary>
internal sealed class ClientResponseStream<TRequest, TResponse>(ClientCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no message before the first MoveNext or after the end.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            _current = await call.ReadAsync(CancellationToken.None);
            return _current is not null;
        }

        // Cancelling a read cancels the call: half a message cannot be put back.
        await using var registration = cancellationToken.Register(static state => ((ClientCall<TRequest, TResponse>)state!).Dispose(), call);
        _current = await call.ReadAsync(cancellationToken);
        return _current is not null;
    }
}

/// <summary>Requests of a streaming client; a write completes when the transport took the message.</summary>
internal sealed class ClientRequestStream<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, MessageStreamContent content) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private int _isWriting;
    private bool _isComplete;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_isComplete)
        {
            throw new InvalidOperationException("The request is complete; nothing can be written any more.");
        }

        if (Interlocked.Exchange(ref _isWriting, 1) == 1)
        {
            throw new InvalidOperationException("The previous write is still running; await it first.");
        }

        try
        {
            await WriteCoreAsync(message, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    public Task CompleteAsync()
    {
        _isComplete = true;
        content.Complete();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Ending, cancellationToken);
        try
        {
            var stream = await content.Stream.WaitAsync(either.Token);
            using var frame = new PooledBufferWriter();
            var compress = call.IsCompressed && WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) != true;
            new FrameWriter(frame, call.Channel.MaxSendMessageSize).Write(message, call.Method.RequestMarshaller.ContextualSerializer, compress);
            await stream.WriteAsync(frame.WrittenMemory, either.Token);
            if (WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) != true)
            {
                await stream.FlushAsync(either.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            throw call.Fail(error);
        }
    }
}
