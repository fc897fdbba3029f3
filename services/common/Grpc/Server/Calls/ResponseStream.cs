using Grpc.Core;

namespace Ecosystem.Grpc.Server.Calls;

/// <summary>Responses of a streaming handler; a write completes when the transport took the message, so a slow caller slows the handler down.</summary>
internal sealed class ResponseStream<T>(GrpcCallContext context, Action<T, SerializationContext> serialize) : IServerStreamWriter<T>
    where T : class
{
    private int _isWriting;

    public WriteOptions? WriteOptions { get; set; }

    /// <summary>Set when the handler returned: what it still writes has no place to go.</summary>
    public bool IsClosed { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (IsClosed)
        {
            throw new InvalidOperationException("The call has ended; nothing can be written any more.");
        }

        if (Interlocked.Exchange(ref _isWriting, 1) == 1)
        {
            throw new InvalidOperationException("The previous write is still running; await it first.");
        }

        try
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            cancellationToken.ThrowIfCancellationRequested();
            await context.WriteAsync(message, serialize, WriteOptions);
            if (WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) != true)
            {
                await context.FlushAsync(cancellationToken.CanBeCanceled ? cancellationToken : context.CancellationToken);
            }
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }
}
